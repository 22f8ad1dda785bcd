package dev.stowage.app.command;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A small file system of a test's own, in memory. */
final class Mounted implements Closeable {
  private final Path root;
  private final Deque<Path> mounts = new ArrayDeque<>();

  private Mounted(Path root) {
    this.root = root;
  }

  /** Mounts one on an empty directory; ends the test where that is not permitted. */
  static Mounted at(Path root, String size) throws IOException, InterruptedException {
    Files.createDirectories(root);
    Mounted mounted = new Mounted(root);
    String said = tryTo("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", root.toString());
    if (!said.isEmpty()) {
      abort("a file system cannot be mounted here (this test needs root on Linux): " + said);
    }
    mounted.mounts.push(root);
    return mounted;
  }

  Path root() {
    return root;
  }

  /** Puts something that lies elsewhere in the place of a file or directory of this one. */
  void bind(Path elsewhere, Path here) throws IOException, InterruptedException {
    run("mount", "--bind", elsewhere.toString(), here.toString());
    mounts.push(here);
  }

  /** Lets it take no changes any more, or take them again. */
  void remount(String how) throws IOException, InterruptedException {
    run("mount", "-o", "remount," + how, root.toString());
  }

  @Override
  public void close() throws IOException {
    try {
      while (!mounts.isEmpty()) {
        run("umount", mounts.pop().toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    String said = tryTo(command);
    if (!said.isEmpty()) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  /** What a command says if it fails; else nothing. */
  private static String tryTo(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? "" : said + " (status " + process.exitValue() + ")";
  }
}
