package dev.stowage.adapter.http.transfer;

import dev.stowage.adapter.http.fuzz.FuzzInput;
import java.util.List;
import java.util.stream.Collectors;

/** A Range asks for everything, for nothing that is there, or for bounded parts of the content. */
public final class RangeFuzz {
  private static final int USUAL_SIZE = 1_000;

  private RangeFuzz() {}

  /** Tries one input: a line with the content's size, and the field. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    long size = size(FuzzInput.firstLine(text));
    RequestedRanges ranges = RequestedRanges.of(FuzzInput.rest(text), size);
    if (ranges instanceof RequestedRanges.Parts parts) {
      check(parts.parts(), size);
      String again =
          parts.parts().stream()
              .map(part -> part.offset() + "-" + (part.offset() + part.length() - 1))
              .collect(Collectors.joining(",", "bytes=", ""));
      FuzzInput.require(
          RequestedRanges.of(again, size).equals(ranges), again + " is not " + ranges);
    }
  }

  private static void check(List<ByteRange> parts, long size) {
    FuzzInput.require(!parts.isEmpty(), "there is a part");
    FuzzInput.require(parts.size() <= RequestedRanges.MOST_RANGES, "there are few parts");
    long total = 0;
    for (ByteRange part : parts) {
      FuzzInput.require(part.offset() >= 0 && part.length() > 0, part + " has bytes");
      FuzzInput.require(part.length() <= size - part.offset(), part + " is in the content");
      total = Math.addExact(total, part.length());
    }
    FuzzInput.require(total <= size, "no more is sent than there is");
  }

  private static long size(String line) {
    return line.matches("[0-9]{1,18}") ? Long.parseLong(line) : USUAL_SIZE;
  }
}
