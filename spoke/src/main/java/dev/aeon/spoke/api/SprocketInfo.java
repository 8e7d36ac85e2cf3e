package dev.aeon.spoke.api;

import java.util.List;

/**
 * How far the workers are.
 *
 * @param languages what they compile for; empty where no worker ever ran
 * @param versions how many versions there are
 * @param compiled how many pairs of a version and a language are done
 * @param open how many are not, those that failed among them
 */
public record SprocketInfo(
    List<String> languages,
    long versions,
    long compiled,
    long open,
    List<Entry> running,
    List<Entry> failed) {

  /**
   * A job.
   *
   * @param since when it was started, or failed
   * @param message why it failed
   */
  public record Entry(
      String module, String version, String language, String since, String message) {}
}
