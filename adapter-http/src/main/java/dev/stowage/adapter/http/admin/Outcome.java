package dev.stowage.adapter.http.admin;

import dev.stowage.adapter.http.json.RecordJson;

/**
 * How an operation ended.
 *
 * @param exit the exit status of the command that asked: 0 for well, 1 for a failure or a finding,
 *     2 for a wrong call
 * @param output what is to be printed, for people; lines, without the last line's end
 * @param errors what is to be printed as an error; lines, without the last line's end
 * @param report the report as one JSON object, for programs; {@code {}} where there is none
 */
public record Outcome(int exit, String output, String errors, String report) {
  /**
   * The end of an operation that was carried out.
   *
   * @param report a record of {@code dev.stowage.maintenance}
   */
  public static Outcome of(int exit, Record report, String output) {
    return new Outcome(exit, output, "", RecordJson.of(report));
  }

  /** The end of an operation that was refused or failed. */
  public static Outcome failed(int exit, String errors) {
    return new Outcome(exit, "", errors, "{}");
  }
}
