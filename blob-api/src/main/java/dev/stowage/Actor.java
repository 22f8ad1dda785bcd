package dev.stowage;

import java.util.Objects;

/**
 * Who acts: a name, and the address that the request came from.
 *
 * <p>An upload belongs to the name that began it. The address is for the record only and is never
 * compared.
 *
 * @param name the caller's name; {@code anonymous} where nobody has logged in
 * @param address where the caller is, as text; empty for a caller in this process
 */
public record Actor(String name, String address) {
  /** A caller in this process who gave no name. */
  public static final Actor ANONYMOUS = new Actor("anonymous", "");

  /** Refuses a blank name with an {@link IllegalArgumentException}. */
  public Actor {
    Objects.requireNonNull(address, "address");
    if (name.isBlank()) {
      throw new IllegalArgumentException("an actor's name must not be blank");
    }
  }
}
