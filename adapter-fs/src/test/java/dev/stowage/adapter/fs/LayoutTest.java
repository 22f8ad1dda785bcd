package dev.stowage.adapter.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  private static final String HEX =
      "abcd" + "0123456789012345678901234567890123456789" + "01234567890123456789";
  private static final String ID = "0f9c4f3e-6a3c-4d0e-9a53-5d3a9b4c2f10";
  private static final String NAME = HEX + "." + ID;

  private final Layout layout = new Layout(Path.of("root"));

  @Test
  void aPlacementIsTheShardTheDigestAndTheUpload() {
    Placement placement =
        Layout.placement(new Digest(DigestAlgorithm.SHA256, HEX), UploadId.find(ID).orElseThrow());
    assertEquals("ab/" + NAME, placement.value());
  }

  @Test
  void aPlacementIsAFileInItsShard() throws IOException {
    assertEquals(
        Path.of("root", "blobs", "sha256", "ab", NAME), layout.file(new Placement("ab/" + NAME)));
  }

  @Test
  void aStagingIsAFileInTheDirectoryOfItsBoot() {
    assertEquals(
        Path.of("root", "uploads", "boot", ID),
        layout.staging("boot", UploadId.find(ID).orElseThrow()));
  }

  @Test
  void aFileNameOfAShardIsAPlacement() {
    assertEquals(Optional.of(new Placement("ab/" + NAME)), Layout.placement(0xab, NAME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "lost+found", HEX, "." + ID, NAME + "~", "x" + NAME})
  void anotherFileNameIsNone(String name) {
    assertEquals(Optional.empty(), Layout.placement(0xab, name));
  }

  @Test
  void aFileInTheWrongShardIsNone() {
    assertEquals(Optional.empty(), Layout.placement(0xac, NAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../..",
        "ab",
        "ab/",
        "ab/..",
        "ab/../../../uploads/boot/" + ID,
        "../ab/" + NAME,
        "ab/../ab/" + NAME,
        "/ab/" + NAME,
        "ab//" + NAME,
        "./" + NAME,
        "../" + NAME,
        "ac/" + NAME,
        "AB/" + NAME,
        "ab\\" + NAME,
        "ab/" + NAME + "/",
        "ab/" + NAME + "\n",
        "ab/" + NAME + "\0",
        "ab/" + HEX,
        "ab/" + HEX + "." + "..",
        NAME
      })
  void anythingElseIsNoPlacement(String text) {
    Placement placement = new Placement(text);
    assertThrows(IOException.class, () -> layout.file(placement));
    assertThrows(IOException.class, () -> Layout.shardOf(placement));
  }
}
