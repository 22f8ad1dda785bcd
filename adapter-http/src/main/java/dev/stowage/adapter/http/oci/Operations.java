package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.route.Endpoint;
import dev.stowage.adapter.http.route.Route;
import dev.stowage.adapter.http.route.RouteTable;
import java.util.List;

/** The protocol: which operation answers which request. */
public final class Operations {
  private Operations() {}

  /**
   * The table of all operations.
   *
   * @param maxPage the most names on a page of a list
   */
  public static RouteTable<Operation> table(int maxPage) {
    PageSize pageSize = new PageSize(maxPage);
    Operation ping = new Ping();
    Operation getBlob = new GetBlob();
    Operation getManifest = new GetManifest();
    Operation listTags = new ListTags(pageSize);
    Operation listReferrers = new ListReferrers();
    Operation listCatalog = new ListCatalog(pageSize);
    return new RouteTable<>(
        List.of(
            new Route<>("GET", Endpoint.BASE, ping),
            new Route<>("HEAD", Endpoint.BASE, ping),
            new Route<>("GET", Endpoint.BLOB, getBlob),
            new Route<>("HEAD", Endpoint.BLOB, getBlob),
            new Route<>("DELETE", Endpoint.BLOB, new DeleteBlob()),
            new Route<>("POST", Endpoint.UPLOADS, new StartUpload()),
            new Route<>("GET", Endpoint.UPLOAD, new GetUpload()),
            new Route<>("PATCH", Endpoint.UPLOAD, new PatchUpload()),
            new Route<>("PUT", Endpoint.UPLOAD, new PutUpload()),
            new Route<>("DELETE", Endpoint.UPLOAD, new CancelUpload()),
            new Route<>("GET", Endpoint.MANIFEST, getManifest),
            new Route<>("HEAD", Endpoint.MANIFEST, getManifest),
            new Route<>("PUT", Endpoint.MANIFEST, new PutManifest()),
            new Route<>("DELETE", Endpoint.MANIFEST, new DeleteManifest()),
            new Route<>("GET", Endpoint.TAGS, listTags),
            new Route<>("HEAD", Endpoint.TAGS, listTags),
            new Route<>("GET", Endpoint.REFERRERS, listReferrers),
            new Route<>("HEAD", Endpoint.REFERRERS, listReferrers),
            new Route<>("GET", Endpoint.CATALOG, listCatalog),
            new Route<>("HEAD", Endpoint.CATALOG, listCatalog)));
  }
}
