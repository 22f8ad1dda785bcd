package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** There is no such repository. */
public final class NameUnknownException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient RepositoryName name;

  /** A refusal for want of a repository. */
  public NameUnknownException(RepositoryName name) {
    super(ErrorKind.NAME_UNKNOWN, "no repository " + name);
    this.name = name;
  }

  /** The repository that was asked for. */
  public RepositoryName name() {
    return name;
  }
}
