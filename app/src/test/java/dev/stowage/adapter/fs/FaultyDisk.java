package dev.stowage.adapter.fs;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disk whose operations are counted, and of which one, or every one from it on, fails. Nothing is
 * really forced.
 */
final class FaultyDisk {
  /** What can be done to a disk. */
  enum Operation {
    OPEN,
    OPEN_OR_MAKE,
    OPEN_DIRECTORY,
    MAKE,
    READ,
    WRITE,
    LENGTH,
    TRUNCATE,
    FORCE,
    RENAME,
    DELETE,
    LIST,
    LOOK,
    CLOSE
  }

  /** What the system says, and of which operations. */
  enum Fault {
    BROKEN("Input/output error", Set.of(Operation.values())),
    FULL(
        "No space left on device",
        Set.of(
            Operation.OPEN_OR_MAKE,
            Operation.MAKE,
            Operation.WRITE,
            Operation.FORCE,
            Operation.RENAME)),
    READ_ONLY(
        "Read-only file system",
        Set.of(
            Operation.OPEN_OR_MAKE,
            Operation.MAKE,
            Operation.WRITE,
            Operation.TRUNCATE,
            Operation.FORCE,
            Operation.RENAME,
            Operation.DELETE)),
    NO_HANDLES(
        "Too many open files",
        Set.of(
            Operation.OPEN,
            Operation.OPEN_OR_MAKE,
            Operation.OPEN_DIRECTORY,
            Operation.MAKE,
            Operation.LIST));

    private final String message;

    @SuppressWarnings("ImmutableEnumChecker") // a copy of Set.of is one, though not by its type
    private final Set<Operation> operations;

    Fault(String message, Set<Operation> operations) {
      this.message = message;
      this.operations = operations;
    }
  }

  /** When the operations fail. */
  enum Mode {
    /** One does, and has no effect; of a write one half. */
    ONCE,
    /** One does, and has its effect all the same. */
    ONCE_AFTER_THE_EFFECT,
    /** One does, and every one after it. */
    FROM_THEN_ON
  }

  private static final Map<String, Operation> METHODS =
      Map.ofEntries(
          Map.entry("openLock", Operation.OPEN),
          Map.entry("openForReading", Operation.OPEN),
          Map.entry("openDirectory", Operation.OPEN_DIRECTORY),
          Map.entry("createFile", Operation.MAKE),
          Map.entry("createDirectory", Operation.MAKE),
          Map.entry("delete", Operation.DELETE),
          Map.entry("deleteIfExists", Operation.DELETE),
          Map.entry("list", Operation.LIST),
          Map.entry("exists", Operation.LOOK),
          Map.entry("usableSpace", Operation.LOOK),
          Map.entry("forceFile", Operation.FORCE),
          Map.entry("rename", Operation.RENAME));

  private final Disk real = Disk.of(FileOptions.defaults().withDirectorySync(false));
  private Fault fault = Fault.BROKEN;
  private Mode mode = Mode.ONCE;
  private long left = Long.MAX_VALUE;
  private long counted;
  private long injected;

  /** Lets the nth operation that the fault concerns fail, counted from now: 1 is the next. */
  synchronized void arm(Fault what, Mode when, long nth) {
    fault = what;
    mode = when;
    left = nth;
    counted = 0;
  }

  synchronized Fault fault() {
    return fault;
  }

  /** Lets nothing fail any more. */
  synchronized void heal() {
    left = Long.MAX_VALUE;
    counted = 0;
  }

  /** Whether the next operation that the fault concerns will fail, like the last one. */
  synchronized boolean isFailing() {
    return left <= 0 && mode == Mode.FROM_THEN_ON;
  }

  /** How many operations there have been since {@link #arm} that the fault concerns. */
  synchronized long counted() {
    return counted;
  }

  /** How many operations have ever failed. */
  synchronized long injected() {
    return injected;
  }

  Disk disk() {
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("openFile")) {
      return openFile((Path) arguments[0], (String) arguments[1]);
    }
    Operation operation = METHODS.get(method.getName());
    if (operation == null) {
      throw new IllegalStateException("an operation that is not known: " + method);
    }
    return run(operation, () -> new Result(effect(method, arguments))).value();
  }

  /** What an operation gives, which is closed if nobody gets it. */
  private record Result(@Nullable Object value) implements Closeable {
    @Override
    public void close() throws IOException {
      if (value instanceof Closeable open) {
        open.close();
      }
    }
  }

  private @Nullable Object effect(Method method, Object[] arguments) throws IOException {
    if (method.getName().equals("forceFile")) {
      return null;
    }
    Object result = invoke(method, arguments);
    return result instanceof DirectorySync sync ? new FaultySync(sync) : result;
  }

  private @Nullable Object invoke(Method method, Object[] arguments) throws IOException {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private RandomAccessFile openFile(Path file, String how) throws IOException {
    Operation operation = how.equals("r") ? Operation.OPEN : Operation.OPEN_OR_MAKE;
    return run(operation, () -> new FaultyFile(file, how));
  }

  private interface Effect<T> {
    T have() throws IOException;
  }

  private <T> T run(Operation operation, Effect<T> effect) throws IOException {
    if (!fails(operation)) {
      return effect.have();
    }
    IOException failure = new IOException("injected into " + operation + ": " + fault.message);
    if (hasEffect()) {
      try {
        if (effect.have() instanceof Closeable opened) {
          opened.close();
        }
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private synchronized boolean hasEffect() {
    return mode == Mode.ONCE_AFTER_THE_EFFECT;
  }

  private synchronized boolean fails(Operation operation) {
    if (!fault.operations.contains(operation)) {
      return false;
    }
    counted++;
    left--;
    boolean fails = left == 0 || (left < 0 && mode == Mode.FROM_THEN_ON);
    injected += fails ? 1 : 0;
    return fails;
  }

  private final class FaultySync implements DirectorySync {
    private final DirectorySync opened;

    FaultySync(DirectorySync opened) {
      this.opened = opened;
    }

    @Override
    public void force() throws IOException {
      run(Operation.FORCE, () -> true);
    }

    @Override
    public void close() throws IOException {
      opened.close();
      run(Operation.CLOSE, () -> true);
    }
  }

  private final class FaultyFile extends RandomAccessFile {
    private boolean closed;

    FaultyFile(Path file, String how) throws IOException {
      super(file.toFile(), how);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (fails(Operation.WRITE)) {
        super.write(bytes, offset, hasEffect() ? length : length / 2);
        throw new IOException("injected into WRITE: " + fault.message);
      }
      super.write(bytes, offset, length);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return run(Operation.READ, () -> super.read(bytes, offset, length));
    }

    @Override
    public long length() throws IOException {
      return run(Operation.LENGTH, super::length);
    }

    @Override
    public void setLength(long length) throws IOException {
      run(
          Operation.TRUNCATE,
          () -> {
            super.setLength(length);
            return true;
          });
    }

    @Override
    public void close() throws IOException {
      boolean first = !closed;
      closed = true;
      super.close();
      if (first) {
        run(Operation.CLOSE, () -> true);
      }
    }
  }
}
