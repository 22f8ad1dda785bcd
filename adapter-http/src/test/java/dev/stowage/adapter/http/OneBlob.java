package dev.stowage.adapter.http;

import dev.stowage.Actor;
import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobStore;
import dev.stowage.registry.Page;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Supplier;

/** A registry of one blob, whatever it is asked for. */
final class OneBlob implements Registry {
  private final Repository repository;

  /** Each request is given the same delivery. */
  OneBlob(BlobDelivery delivery) {
    this(() -> delivery);
  }

  /** Each request is given the next delivery. */
  OneBlob(Supplier<BlobDelivery> deliveries) {
    BlobStore blobs = proxy(BlobStore.class, (self, method, args) -> deliveries.get());
    repository = proxy(Repository.class, (self, method, args) -> blobs);
  }

  @Override
  public Registry as(Actor actor) {
    return this;
  }

  @Override
  public Repository repository(RepositoryName name) {
    return repository;
  }

  @Override
  public Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit) {
    return Page.empty();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(OneBlob.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
