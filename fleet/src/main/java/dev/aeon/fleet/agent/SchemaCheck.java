package dev.aeon.fleet.agent;

final class SchemaCheck {
  static String pulledDigest(AgentSettings s) {
    return "";
  }
}
