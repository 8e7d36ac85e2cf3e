package dev.aeon.fleet.manager;

/** What the fleet is doing. */
public enum Stage {
  /** Registry, schema, agents. */
  START("starting"),
  /** Listing the folder. */
  LIST("listing"),
  /** Counting passages and terms. */
  COUNT("counting"),
  /** Making vectors. */
  EMBED("embedding"),
  /** Answering queries. */
  SEARCH("searching");

  private final String verb;

  Stage(String verb) {
    this.verb = verb;
  }

  /** The stage as a verb, for people. */
  public String verb() {
    return verb;
  }
}
