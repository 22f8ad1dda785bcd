package dev.stowage.app.life;

import java.io.IOException;

/** A program that ends itself by a shutdown, in good order or, if it is told to, not. */
final class EndingProcess {
  private EndingProcess() {}

  public static void main(String[] arguments) {
    Termination.closes(
        () -> {
          System.out.println("closed");
          if (arguments.length > 0) {
            throw new IOException(arguments[0]);
          }
        });
    System.out.println("running");
    Termination.await();
  }
}
