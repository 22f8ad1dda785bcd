package dev.stowage.app.operation;

import dev.stowage.StowageException;
import dev.stowage.adapter.http.admin.AdminOperation;
import dev.stowage.adapter.http.admin.Call;
import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.config.SettingException;
import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All operations, by the names of their commands, over an open store. */
public final class Operations {
  private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
  private static final Map<String, StoreOperation> ALL =
      Map.of(
          "gc", Gc::run,
          "verify", Verify::run,
          "export", Export::run,
          "import", Import::run,
          "history", History::run,
          "restore", Restore::run,
          "purge", Purge::run,
          "explain", Explain::run);

  private final OpenStore store;
  private final GivenSettings settings;

  /** The operations over a store that was opened with some settings. */
  public Operations(OpenStore store, GivenSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** The operations as the socket has them. */
  public Map<String, AdminOperation> table() {
    Map<String, AdminOperation> table = new TreeMap<>();
    ALL.keySet().forEach(name -> table.put(name, (call, progress) -> run(name, call, progress)));
    return table;
  }

  /** Runs one; whatever comes of it is an outcome. */
  public Outcome run(String name, Call call, Progress progress) {
    StoreOperation operation = ALL.get(name);
    if (operation == null) {
      throw new IllegalArgumentException("no operation \"" + name + "\"");
    }
    try {
      Optional<String> difference = settings.differenceTo(call.settings());
      return difference.isPresent()
          ? Outcome.failed(2, "stowage: " + difference.get())
          : operation.run(store, new Arguments(call.arguments()), progress);
    } catch (SettingException | StowageException e) {
      return Outcome.failed(e instanceof SettingException ? 2 : 1, "stowage: " + e.getMessage());
    } catch (IOException e) {
      LOG.debug("{} failed", name, e);
      return Outcome.failed(1, "stowage: " + Failure.inWords(e));
    }
  }
}
