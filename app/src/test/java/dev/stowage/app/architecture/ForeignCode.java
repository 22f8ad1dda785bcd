package dev.stowage.app.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.stowage.Actor;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles source text as if it were in the project, in a place of its own beside blob-api. */
final class ForeignCode {
  private static final Pattern PACKAGE = Pattern.compile("package ([a-z0-9.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface|record|enum) (\\w+)");

  private ForeignCode() {}

  /** The classes of some sources, each of one type, together with those of blob-api. */
  static JavaClasses besideTheApi(Path directory, List<String> sources)
      throws IOException, URISyntaxException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-classpath",
                      System.getProperty("java.class.path"),
                      "-d",
                      directory.toString()),
                  null,
                  sources.stream().map(Source::new).toList())
              .call();
      if (!compiled) {
        throw new IllegalArgumentException(messages.toString());
      }
    }
    Path api = Path.of(Actor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return new ClassFileImporter().importLocations(Set.of(Location.of(directory), location(api)));
  }

  /** A module is a directory of classes, or its JAR where it has been packaged. */
  private static Location location(Path module) throws IOException {
    if (Files.isDirectory(module)) {
      return Location.of(module);
    }
    try (JarFile jar = new JarFile(module.toFile())) {
      return Location.of(jar);
    }
  }

  /** One source, which is a file of its package in name only. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(
          URI.create(
              "string:///"
                  + first(PACKAGE, text).replace('.', '/')
                  + "/"
                  + first(TYPE, text)
                  + JavaFileObject.Kind.SOURCE.extension),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    private static String first(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        throw new IllegalArgumentException("no " + pattern + " in: " + text);
      }
      return matcher.group(1);
    }
  }
}
