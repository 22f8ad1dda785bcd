/** The settings: their names, their defaults, and what is wrong with a value. */
@NullMarked
package dev.stowage.app.config;

import org.jspecify.annotations.NullMarked;
