package dev.stowage.blob;

/** What is wrong with the bytes of a blob. */
public enum Damage {
  /** There are none. */
  MISSING("its bytes are missing"),
  /** They are more or fewer than were stored. */
  WRONG_SIZE("its bytes are not as many as were stored"),
  /** They are others than were stored: their digest is another one. */
  WRONG_DIGEST("its bytes have another digest"),
  /** The medium does not give them. It may yet; so nobody can say that they are lost. */
  UNREADABLE("its bytes cannot be read");

  private final String inWords;

  Damage(String inWords) {
    this.inWords = inWords;
  }

  /** The damage of a blob in words that go behind its digest. */
  public String inWords() {
    return inWords;
  }
}
