package dev.aeon.fleet.embed;

import dev.aeon.fleet.text.Terms;

/**
 * In how many passages each slot's terms stand. Counts of parts of a folder add up to the counts of
 * the whole, so the weights do not depend on how a folder is cut into shards. Used by one thread.
 */
public final class DocumentFrequencies {
  private final int[] passagesBySlot = new int[Features.SLOTS];
  private final int[] lastPassageBySlot = new int[Features.SLOTS];
  private int serial;
  private long passages;

  /**
   * Counts one passage.
   *
   * @return whether it holds any term; a passage without terms does not count
   */
  public boolean addPassage(char[] text, int begin, int end) {
    serial++;
    boolean[] any = new boolean[1];
    Terms.split(
        text,
        begin,
        end,
        (hash, from, to) -> {
          any[0] = true;
          addSlot(Features.slot(hash));
        });
    passages += any[0] ? 1 : 0;
    return any[0];
  }

  private void addSlot(int slot) {
    if (lastPassageBySlot[slot] != serial) {
      lastPassageBySlot[slot] = serial;
      passagesBySlot[slot]++;
    }
  }

  /**
   * Adds the counts of another part.
   *
   * @throws IllegalArgumentException where they are not one count per slot
   */
  public void add(long otherPassages, Iterable<Integer> otherBySlot, int slotCount) {
    if (slotCount != Features.SLOTS) {
      throw new IllegalArgumentException(
          "document frequencies of another table: slotCount="
              + slotCount
              + ", expected="
              + Features.SLOTS);
    }
    passages += otherPassages;
    int slot = 0;
    for (int count : otherBySlot) {
      passagesBySlot[slot++] += count;
    }
  }

  /** The number of passages counted. */
  public long passages() {
    return passages;
  }

  /** The number of passages in which any term of a slot stands. */
  public int passagesInSlot(int slot) {
    return passagesBySlot[slot];
  }

  /** The inverse document frequency of each slot: {@code ln((1 + N) / (1 + n)) + 0.01}. */
  public float[] weights() {
    float[] weights = new float[Features.SLOTS];
    for (int slot = 0; slot < weights.length; slot++) {
      weights[slot] = (float) weight(passagesBySlot[slot]);
    }
    return weights;
  }

  private double weight(int passagesInSlot) {
    return Math.log((1.0 + passages) / (1.0 + passagesInSlot)) + 0.01;
  }
}
