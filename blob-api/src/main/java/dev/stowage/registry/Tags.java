package dev.stowage.registry;

import java.io.IOException;
import java.util.Optional;

/** The tags of a repository; they are moved by pushing a manifest. */
public interface Tags {
  /**
   * The tags in byte order.
   *
   * @param after the tag, present or not, after which the page begins
   * @param limit the most items on the page, at least 0
   * @throws NameUnknownException if there is no such repository
   * @throws IOException if the metadata cannot be read
   */
  Page<Tag> list(Optional<Tag> after, int limit) throws IOException;
}
