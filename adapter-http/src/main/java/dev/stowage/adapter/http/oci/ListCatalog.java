package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.json.CatalogBody;
import dev.stowage.registry.Page;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists the repositories in byte order, as Docker's registry does. */
final class ListCatalog implements Operation {
  private final PageSize pageSize;

  ListCatalog(PageSize pageSize) {
    this.pageSize = pageSize;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    int limit = pageSize.of(exchange.query());
    Optional<RepositoryName> after = exchange.query().nonEmpty("last").map(RepositoryName::new);
    Page<RepositoryName> page = exchange.registry().repositories(after, limit);
    List<RepositoryName> names = page.items();
    if (page.more() && !names.isEmpty()) {
      new NextLink("/v2/_catalog")
          .with("n", limit)
          .with("last", names.get(names.size() - 1))
          .put(exchange);
    }
    exchange.send(new CatalogBody(names));
  }
}
