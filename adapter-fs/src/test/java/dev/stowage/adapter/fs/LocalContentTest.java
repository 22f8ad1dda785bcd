package dev.stowage.adapter.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.spi.LayoutSource;
import dev.stowage.spi.LayoutTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalContentTest {
  private static final String LONG = "blobs/sha512/" + "0123456789abcdef".repeat(8);

  @TempDir private Path directory;
  private final LocalContent content = new LocalContent();

  private static void add(LayoutTarget target, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    target.add(name, bytes.length, Channels.newChannel(new ByteArrayInputStream(bytes)));
  }

  private static Optional<String> read(LayoutSource source, String name) throws IOException {
    Optional<SeekableByteChannel> found = source.open(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (SeekableByteChannel channel = found.get()) {
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size() + 1);
      while (channel.read(bytes) >= 0) {
        assertTrue(bytes.hasRemaining(), "no more than its size is read");
      }
      return Optional.of(new String(bytes.array(), 0, bytes.position(), UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layout", "layout.tar"})
  void readsWhatItWrote(String name) throws IOException {
    Path place = directory.resolve("new").resolve(name);
    String odd = "x".repeat(513);
    try (LayoutTarget target = content.createLayout(place)) {
      add(target, "blobs/sha256/aa", odd);
      add(target, "blobs/sha256/bb", "");
      add(target, LONG, "of a long name");
      add(target, "index.json", "{}");
      assertFalse(Files.exists(place), "it has no name before it is whole");
      target.finish();
    }
    try (LayoutSource source = content.openLayout(place)) {
      assertEquals(Optional.of(odd), read(source, "blobs/sha256/aa"));
      assertEquals(Optional.of(""), read(source, "blobs/sha256/bb"));
      assertEquals(Optional.of("of a long name"), read(source, LONG));
      assertEquals(Optional.of("{}"), read(source, "index.json"));
      assertEquals(Optional.empty(), read(source, "oci-layout"));
    }
    assertEquals(List.of(place), beside(place));
  }

  private static List<Path> beside(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place.getParent())) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layout", "layout.tar"})
  void leavesNothingOfWhatIsNotFinished(String name) throws IOException {
    Path place = directory.resolve("new").resolve(name);
    try (LayoutTarget target = content.createLayout(place)) {
      add(target, "blobs/sha256/aa", "some");
      assertThrows(
          IOException.class,
          () ->
              target.add(
                  "blobs/sha256/bb",
                  3,
                  Channels.newChannel(new ByteArrayInputStream(new byte[2]))));
      assertThrows(
          IOException.class,
          () ->
              target.add(
                  "blobs/sha256/cc",
                  3,
                  Channels.newChannel(new ByteArrayInputStream(new byte[4]))));
    }
    assertEquals(List.of(), beside(place));
  }

  @ParameterizedTest
  @ValueSource(strings = {"layout", "layout.tar"})
  void writesOverNothing(String name) throws IOException {
    Path place = directory.resolve(name);
    Files.createSymbolicLink(place, directory.resolve("nowhere"));
    assertThrows(FileAlreadyExistsException.class, () -> content.createLayout(place));
    Files.delete(place);
    try (LayoutTarget target = content.createLayout(place)) {
      add(target, "blobs/sha256/aa", "some");
      Files.createDirectory(place);
      assertThrows(IOException.class, target::finish);
    }
    assertEquals(List.of(place), beside(place));
  }

  /** An archive, entry by entry. */
  private static final class Tar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Tar entry(String name, char type, String text) {
      byte[] content = text.getBytes(UTF_8);
      return header(name, type, content.length).raw(content);
    }

    Tar header(String name, char type, long size) {
      byte[] header = TarHeader.of("x", size).array();
      System.arraycopy(new byte[100], 0, header, 0, 100);
      System.arraycopy(name.getBytes(UTF_8), 0, header, 0, name.getBytes(UTF_8).length);
      header[156] = (byte) type;
      bytes.writeBytes(summed(header));
      return this;
    }

    static byte[] summed(byte[] header) {
      Arrays.fill(header, 148, 156, (byte) ' ');
      int sum = 0;
      for (byte each : header) {
        sum += each & 0xff;
      }
      System.arraycopy(String.format("%06o\0 ", sum).getBytes(UTF_8), 0, header, 148, 8);
      return header;
    }

    Tar raw(byte[] content) {
      bytes.writeBytes(content);
      bytes.writeBytes(new byte[TarHeader.padding(content.length)]);
      return this;
    }

    Tar end() {
      bytes.writeBytes(new byte[1024]);
      return this;
    }
  }

  private Path file(Tar tar) throws IOException {
    return Files.write(directory.resolve("archive"), tar.bytes.toByteArray());
  }

  private void assertRefused(String reason, Tar tar) throws IOException {
    Path file = file(tar);
    IOException refused = assertThrows(IOException.class, () -> content.openLayout(file));
    assertTrue(
        String.valueOf(refused.getMessage()).contains(reason),
        String.valueOf(refused.getMessage()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "a/../x", "a/..", "..", "./../x", "/etc/passwd", "a\\b", "blobs/..\\x"})
  void refusesNamesThatLeadOut(String name) throws IOException {
    assertRefused("name", new Tar().entry(name, '0', "x").end());
    assertRefused("name", new Tar().entry(name, '5', "").end());
    String record = " path=" + name + "\n";
    int length = record.length() + (record.length() + 1 < 10 ? 1 : 2);
    assertRefused(
        "name", new Tar().entry("pax", 'x', length + record).entry("fine", '0', "x").end());
    assertRefused(
        "name", new Tar().entry("././@LongLink", 'L', name + "\0").entry("fine", '0', "x").end());
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', '7', 'S', 'V', 'K', 'D', 'M'})
  void refusesWhatIsNeitherAFileNorADirectory(char type) throws IOException {
    assertRefused("something else than files", new Tar().entry("blobs/x", type, "").end());
  }

  @Test
  void refusesTwoEntriesOfOneName() throws IOException {
    assertRefused(
        "two entries", new Tar().entry("index.json", '0', "a").entry("index.json", '0', "b").end());
    assertRefused(
        "two entries",
        new Tar().entry("index.json", '0', "a").entry(".//index.json", '0', "b").end());
  }

  @Test
  void refusesSizesThatLie() throws IOException {
    assertRefused("ends before", new Tar().header("index.json", '0', 5000).raw(new byte[512]));
    assertRefused("ends before", new Tar().header("pax", 'x', 5000).raw(new byte[512]));
    assertRefused(
        "ends before",
        new Tar().entry("pax", 'x', "28 size=9223372036854775807\n").entry("a", '0', "").end());
    assertRefused(
        "negative", new Tar().entry("pax", 'x', "11 size=-1\n").entry("a", '0', "").end());
    assertRefused("damaged", new Tar().entry("pax", 'x', "99 path=a\n").entry("a", '0', "").end());
    assertRefused("damaged", new Tar().entry("pax", 'x', "-5 path=a\n").entry("a", '0', "").end());
    assertRefused("damaged", new Tar().entry("pax", 'x', "path").entry("a", '0', "").end());
    assertRefused("ends early", new Tar().entry("index.json", '0', "{}"));
    assertRefused("ends early", new Tar());
  }

  @Test
  void refusesAHeaderThatIsHuge() throws IOException {
    assertRefused("1 MiB", new Tar().header("pax", 'x', 2 << 20).raw(new byte[2 << 20]).end());
  }

  @Test
  void refusesASparseFile() throws IOException {
    assertRefused(
        "sparse", new Tar().entry("pax", 'x', "22 GNU.sparse.major=1\n").entry("a", '0', "").end());
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    assertRefused("no tar archive", new Tar().raw("some text".getBytes(UTF_8)));
    Path absent = directory.resolve("absent");
    assertThrows(IOException.class, () -> content.openLayout(absent));
  }

  @Test
  void readsArchivesOfOtherMakes() throws IOException {
    byte[] old = new Tar().entry("./blobs/sha256/aa", '\0', "old").bytes.toByteArray();
    byte[] prefixed = TarHeader.of("aa", 3).array();
    System.arraycopy("blobs/sha512".getBytes(UTF_8), 0, prefixed, 345, 12);
    byte[] binary = TarHeader.of("blobs/sha256/bb", 3).array();
    Arrays.fill(binary, 124, 136, (byte) 0);
    binary[124] = (byte) 0x80;
    binary[135] = 3;
    Tar tar = new Tar().entry("./", '5', "").entry("./", '5', "");
    tar.raw(old);
    tar.raw(Tar.summed(prefixed)).raw("pre".getBytes(UTF_8));
    tar.raw(Tar.summed(binary)).raw("bin".getBytes(UTF_8));
    tar.entry("long", 'L', LONG + "\0").entry("cut", '0', "gnu").entry("g", 'g', "").end();
    try (LayoutSource source = content.openLayout(file(tar))) {
      assertEquals(Optional.of("old"), read(source, "blobs/sha256/aa"));
      assertEquals(Optional.of("pre"), read(source, "blobs/sha512/aa"));
      assertEquals(Optional.of("bin"), read(source, "blobs/sha256/bb"));
      assertEquals(Optional.of("gnu"), read(source, LONG));
    }
  }

  @Test
  void readsAndWritesAFileOfMoreThanEightGibibytes() throws IOException {
    long size = (8L << 30) + 1;
    Path file = directory.resolve("archive");
    try (FileChannel archive =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      archive.write(TarHeader.of("blobs/sha256/aa", size));
      archive.position(archive.position() + size + TarHeader.padding(size));
      archive.write(ByteBuffer.allocate(1024));
    }
    try (LayoutSource source = content.openLayout(file)) {
      assertEquals(size, source.open("blobs/sha256/aa").orElseThrow().size());
    }
  }

  @Test
  void followsNoLinkInADirectory() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Path layout = Files.createDirectories(directory.resolve("layout"));
    Files.createSymbolicLink(layout.resolve("index.json"), secret);
    Files.createDirectory(layout.resolve("oci-layout"));
    try (LayoutSource source = content.openLayout(layout)) {
      assertThrows(IOException.class, () -> source.open("index.json"));
      assertThrows(IOException.class, () -> source.open("oci-layout"));
    }
  }

  @Test
  void namesADirectoryThatIsNoStoreOfTheDistributionRegistry() {
    IOException refused =
        assertThrows(IOException.class, () -> content.openDistribution(directory));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(directory.toString()));
  }
}
