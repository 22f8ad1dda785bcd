package dev.stowage.app.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The cells of the client matrix that a test fills. The first word of each is the client, as {@link
 * ClientVersions} knows it; the rest is the operation. For a client program the words are those of
 * a command: the test fails unless it ran one that succeeded and has all these words, or words that
 * begin with them, in this order.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Cells {
  String[] value();
}
