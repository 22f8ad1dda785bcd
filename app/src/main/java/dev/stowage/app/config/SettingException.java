package dev.stowage.app.config;

/** A setting that does not exist, or has a value that it cannot have. */
public final class SettingException extends Exception {
  private static final long serialVersionUID = 1L;

  SettingException(String message) {
    super(message);
  }

  /** What is wrong and what was expected. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
