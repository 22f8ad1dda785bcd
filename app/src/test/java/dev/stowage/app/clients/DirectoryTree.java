package dev.stowage.app.clients;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Removes a directory with all that is below it, following no symbolic link. */
final class DirectoryTree extends SimpleFileVisitor<Path> {
  private DirectoryTree() {}

  static void delete(Path root) throws IOException {
    Files.walkFileTree(root, new DirectoryTree());
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Files.delete(file);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException failure)
      throws IOException {
    Optional<IOException> unread = Optional.ofNullable(failure);
    if (unread.isPresent()) {
      throw unread.get();
    }
    Files.delete(directory);
    return FileVisitResult.CONTINUE;
  }
}
