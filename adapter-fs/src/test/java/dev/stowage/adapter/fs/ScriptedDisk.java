package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Takes down the steps to durability, and fails the operations that it is told to. */
final class ScriptedDisk extends ForwardingDisk {
  enum Step {
    FORCE_FILE,
    OPEN_DIRECTORY,
    RENAME,
    FORCE_DIRECTORY,
    CLOSE_DIRECTORY,
    CREATE_FILE,
    DELETE;

    /** Whether the step is one to durability. */
    boolean isTakenDown() {
      return this != CREATE_FILE && this != DELETE;
    }
  }

  private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
  private final Set<Step> failing = ConcurrentHashMap.newKeySet();
  private final Set<Step> failingOnce = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<Step, Runnable> before = new ConcurrentHashMap<>();
  private final Map<String, Long> space = new ConcurrentHashMap<>();
  private volatile String message = "scripted";

  ScriptedDisk() {
    super(Disk.of(FileOptions.defaults()));
  }

  void fail(Step step) {
    failing.add(step);
  }

  void failOnce(Step step) {
    failingOnce.add(step);
  }

  /** What every failure says. */
  void failAs(String text) {
    message = text;
  }

  /** Runs something before the next step of a kind. */
  void before(Step step, Runnable task) {
    before.put(step, task);
  }

  void usableSpace(long bytes) {
    space.put("usable", bytes);
  }

  void heal() {
    failing.clear();
  }

  void heal(Step step) {
    failing.remove(step);
  }

  /** The steps since the last time, each with what it was about. */
  List<String> takeSteps() {
    synchronized (steps) {
      List<String> taken = List.copyOf(steps);
      steps.clear();
      return taken;
    }
  }

  @Override
  public void createFile(Path file) throws IOException {
    step(Step.CREATE_FILE, file.getFileName().toString());
    super.createFile(file);
  }

  @Override
  public void delete(Path path) throws IOException {
    step(Step.DELETE, path.getFileName().toString());
    super.delete(path);
  }

  @Override
  public long usableSpace(Path directory) throws IOException {
    Long scripted = space.get("usable");
    return scripted != null ? scripted : super.usableSpace(directory);
  }

  @Override
  public void forceFile(RandomAccessFile file) throws IOException {
    step(Step.FORCE_FILE, file.length() + " bytes");
    super.forceFile(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step(Step.RENAME, from.getFileName() + " to " + to.getFileName());
    super.rename(from, to);
  }

  @Override
  public DirectorySync openDirectory(Path directory) throws IOException {
    step(Step.OPEN_DIRECTORY, directory.getFileName().toString());
    DirectorySync opened = super.openDirectory(directory);
    return new DirectorySync() {
      @Override
      public void force() throws IOException {
        step(Step.FORCE_DIRECTORY, directory.getFileName().toString());
        opened.force();
      }

      @Override
      public void close() throws IOException {
        opened.close();
        step(Step.CLOSE_DIRECTORY, directory.getFileName().toString());
      }
    };
  }

  private void step(Step step, String subject) throws IOException {
    Runnable task = before.remove(step);
    if (task != null) {
      task.run();
    }
    if (step.isTakenDown()) {
      steps.add(step + " " + subject);
    }
    if (failingOnce.remove(step) || failing.contains(step)) {
      throw new IOException("scripted: " + step + ": " + message);
    }
  }
}
