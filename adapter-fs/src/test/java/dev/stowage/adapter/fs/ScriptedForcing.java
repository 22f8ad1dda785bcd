package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes down the steps, and fails those that it is told to. */
final class ScriptedForcing implements Forcing {
  enum Step {
    FORCE_FILE,
    OPEN_DIRECTORY,
    RENAME,
    FORCE_DIRECTORY,
    CLOSE_DIRECTORY
  }

  private final Forcing real = Forcing.of(FileOptions.defaults());
  private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
  private final Set<Step> failing = ConcurrentHashMap.newKeySet();

  void fail(Step step) {
    failing.add(step);
  }

  void heal() {
    failing.clear();
  }

  /** The steps since the last time, each with what it was about. */
  List<String> takeSteps() {
    List<String> taken = List.copyOf(steps);
    steps.clear();
    return taken;
  }

  @Override
  public void forceFile(RandomAccessFile file) throws IOException {
    step(Step.FORCE_FILE, file.length() + " bytes");
    real.forceFile(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step(Step.RENAME, from.getFileName() + " to " + to.getFileName());
    real.rename(from, to);
  }

  @Override
  public DirectorySync openDirectory(Path directory) throws IOException {
    step(Step.OPEN_DIRECTORY, directory.getFileName().toString());
    DirectorySync opened = real.openDirectory(directory);
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
    steps.add(step + " " + subject);
    if (failing.contains(step)) {
      throw new IOException("scripted: " + step);
    }
  }
}
