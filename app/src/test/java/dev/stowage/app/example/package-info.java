/** How the modules are used as libraries, as the README shows it. */
@NullMarked
package dev.stowage.app.example;

import org.jspecify.annotations.NullMarked;
