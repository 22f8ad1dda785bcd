package dev.stowage.adapter.http;

import dev.stowage.registry.Registry;

final class TestRegistry implements AutoCloseable {
  private final MemoryRegistry registry;

  TestRegistry() {
    this(true);
  }

  private TestRegistry(boolean deletes) {
    registry = new MemoryRegistry(deletes);
  }

  static TestRegistry withoutDeletes() {
    return new TestRegistry(false);
  }

  Registry registry() {
    return registry;
  }

  int openThings() {
    return registry.open.get();
  }

  int openUploads() {
    return registry.uploads.size();
  }

  @Override
  public void close() {}
}
