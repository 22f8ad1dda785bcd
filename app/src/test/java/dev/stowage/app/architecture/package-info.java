/** What holds for the code as a whole, each rule with classes that break it. */
@NullMarked
package dev.stowage.app.architecture;

import org.jspecify.annotations.NullMarked;
