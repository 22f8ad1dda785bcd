package dev.stowage.app.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that share one registry, which its constructor receives as a {@link
 * ClientSetup}. Where a program is missing the class is skipped and says how to install it; with
 * {@code CI=true} in the environment it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("clients")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({ClientTestExtension.class, CellExtension.class})
@interface ClientTest {
  /** The programs that the tests run. */
  ClientProgram[] value() default {};
}
