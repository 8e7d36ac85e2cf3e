package dev.aeon.sp.cli;

import dev.aeon.sp.SpProtocol;

/** Which of nngcat's options go together. */
final class CatRules {
  private final CatOptions options;

  private CatRules(CatOptions options) {
    this.options = options;
  }

  /** The protocol of options that go together. */
  static SpProtocol check(CatOptions options) {
    return new CatRules(options).check();
  }

  private SpProtocol check() {
    refuse(options.addresses.isEmpty(), "No address specified.");
    checkCompatibility();
    checkTopics();
    SpProtocol protocol = options.protocol();
    checkRole(Role.of(protocol));
    return protocol;
  }

  private void checkCompatibility() {
    if (options.compatible) {
      refuse(options.async, "Options --async and --compat are incompatible.");
      refuse(options.count != 0, "Options --count and --compat are incompatible.");
      refuse(options.protocol == SpProtocol.PAIR1, "Protocol does not support --compat.");
    }
  }

  private void checkTopics() {
    refuse(
        options.protocol != SpProtocol.SUB && !options.topics.isEmpty(),
        "Protocol does not support --subscribe.");
  }

  private void checkRole(Role role) {
    boolean hasData = options.data != null;
    boolean repeats = options.interval != null;
    switch (role) {
      case RECEIVES -> {
        refuse(hasData, "Protocol does not support --file or --data.");
        refuse(repeats, "Protocol does not support --interval.");
      }
      case SENDS -> {
        refuse(options.format != null, "Protocol does not support --format options.");
        refuse(!hasData, "Protocol requires either --file or --data.");
      }
      case ASKS -> refuse(!hasData, "Protocol requires either --file or --data.");
      case ANSWERS -> refuse(repeats, "Protocol does not support --interval.");
      case TALKS ->
          refuse(repeats && !hasData, "Option --interval requires either --file or --data.");
    }
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new FatalException(why);
    }
  }
}
