package dev.stowage.app.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cells of one test run. Closing it writes them to a file, one a line, which {@link
 * ClientMatrixTest} reads. May be used by many threads.
 */
final class CellRecord implements AutoCloseable {
  static final Path FILE = Path.of("target", "client-matrix.tsv");

  private final Map<String, Cell> cells = new TreeMap<>();

  /** A cell that is filled more than once has passed if it passed every time. */
  synchronized void add(Cell cell) {
    cells.merge(
        cell.client() + " " + cell.operation(), cell, (old, next) -> old.passed() ? next : old);
  }

  @Override
  public synchronized void close() throws IOException {
    List<String> lines = cells.values().stream().sorted().map(Cell::line).toList();
    Files.write(FILE, lines);
  }
}
