package dev.stowage.adapter.fs;

import dev.stowage.blob.UploadId;
import dev.stowage.spi.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads directories in pages, in the order of the names. A page holds no more in memory than its
 * own items, however many a directory has. Files that are not ours are passed over.
 */
final class Listing {
  private final Layout layout;
  private final Disk disk;

  Listing(Layout layout, Disk disk) {
    this.layout = layout;
    this.disk = disk;
  }

  List<Placement> placements(Optional<Placement> after, int limit) throws IOException {
    requireAtLeastOne(limit);
    int first = after.isPresent() ? Layout.shardOf(after.get()) : 0;
    List<Placement> page = new ArrayList<>();
    for (int shard = first; shard < Layout.SHARDS && page.size() < limit; shard++) {
      int number = shard;
      Page<Placement> inShard = new Page<>(after, limit - page.size());
      collect(layout.shard(shard), name -> Layout.placement(number, name), inShard);
      page.addAll(inShard.items);
    }
    return List.copyOf(page);
  }

  List<UploadId> stagings(Optional<UploadId> after, int limit) throws IOException {
    requireAtLeastOne(limit);
    Page<UploadId> page = new Page<>(after, limit);
    for (Path boot : boots()) {
      collect(boot, UploadId::find, page);
    }
    return List.copyOf(page.items);
  }

  /** The directories of stagings, one for each boot that left any. */
  List<Path> boots() throws IOException {
    List<Path> boots = new ArrayList<>();
    disk.list(
        layout.uploads(),
        name -> {
          if (Files.isDirectory(name)) {
            boots.add(name);
          }
        });
    return boots;
  }

  private <T extends Comparable<T>> void collect(
      Path directory, Function<String, Optional<T>> parse, Page<T> page) throws IOException {
    disk.list(directory, file -> parse.apply(file.getFileName().toString()).ifPresent(page::offer));
  }

  private static void requireAtLeastOne(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item: " + limit);
    }
  }

  /** The smallest items after one. */
  private static final class Page<T extends Comparable<T>> {
    private final Optional<T> after;
    private final int limit;
    private final NavigableSet<T> items = new TreeSet<>();

    Page(Optional<T> after, int limit) {
      this.after = after;
      this.limit = limit;
    }

    void offer(T item) {
      if (after.isPresent() && item.compareTo(after.get()) <= 0) {
        return;
      }
      items.add(item);
      if (items.size() > limit) {
        items.pollLast();
      }
    }
  }
}
