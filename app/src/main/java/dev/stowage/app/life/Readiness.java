package dev.stowage.app.life;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Why the server is not ready to serve: what its parts say of themselves, asked anew each time. */
public final class Readiness implements Supplier<List<String>> {
  private final List<Supplier<List<String>>> parts = new CopyOnWriteArrayList<>();

  /** Adds a part that says what is wrong with it, in words; nothing if all is well. */
  public void add(Supplier<List<String>> part) {
    parts.add(part);
  }

  @Override
  public List<String> get() {
    return parts.stream().flatMap(part -> part.get().stream()).toList();
  }
}
