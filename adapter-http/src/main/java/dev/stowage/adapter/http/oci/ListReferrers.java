package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.json.ReferrersBody;
import dev.stowage.blob.Digest;
import dev.stowage.registry.Page;
import dev.stowage.registry.Referrer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists the manifests that have another one as their subject, as an image index (end-12). */
final class ListReferrers implements Operation {
  /** Clients take an index of 4 MiB; this leaves room for what surrounds the entries. */
  private static final int MOST_BYTES = 3_670_016;

  @Override
  public void handle(Exchange exchange) throws IOException {
    Digest subject = exchange.digest();
    Optional<String> artifactType = exchange.query().nonEmpty("artifactType");
    Optional<Digest> after = exchange.query().nonEmpty("last").map(Digest::parse);
    Page<Referrer> page =
        exchange.repository().referrers().list(subject, artifactType, after, MOST_BYTES);
    if (artifactType.isPresent()) {
      exchange.headers().put(Fields.FILTERS_APPLIED, "artifactType");
    }
    List<Referrer> referrers = page.items();
    if (page.more() && !referrers.isEmpty()) {
      NextLink link = new NextLink("/v2/" + exchange.name() + "/referrers/" + subject);
      artifactType.ifPresent(type -> link.with("artifactType", type));
      link.with("last", referrers.get(referrers.size() - 1).descriptor().digest()).put(exchange);
    }
    exchange.send(new ReferrersBody(referrers));
  }
}
