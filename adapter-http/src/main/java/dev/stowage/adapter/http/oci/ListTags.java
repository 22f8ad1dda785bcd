package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.json.TagListBody;
import dev.stowage.registry.Page;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists a repository's tags in byte order (end-8). */
final class ListTags implements Operation {
  private final PageSize pageSize;

  ListTags(PageSize pageSize) {
    this.pageSize = pageSize;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    RepositoryName name = exchange.name();
    int limit = pageSize.of(exchange.query());
    Optional<Tag> after = exchange.query().nonEmpty("last").map(Tag::new);
    Page<Tag> page = exchange.repository().tags().list(after, limit);
    List<Tag> tags = page.items();
    if (page.more() && !tags.isEmpty()) {
      new NextLink("/v2/" + name + "/tags/list")
          .with("n", limit)
          .with("last", tags.get(tags.size() - 1))
          .put(exchange);
    }
    exchange.send(new TagListBody(name, tags));
  }
}
