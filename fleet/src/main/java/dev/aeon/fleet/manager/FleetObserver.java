package dev.aeon.fleet.manager;

/** Is told how the fleet gets on, by any of its threads; must return soon. */
public interface FleetObserver {
  /** A stage begins. */
  void begins(Stage stage);

  /**
   * A stage gets on.
   *
   * @param done files, or shards where the fleet searches
   * @param total how many there are, or zero where that is not known yet
   */
  void advances(Stage stage, long done, long total);

  /** A stage is over. */
  void ends(Stage stage);

  /** Something happened that a person should know, in a sentence. */
  void notes(String sentence);
}
