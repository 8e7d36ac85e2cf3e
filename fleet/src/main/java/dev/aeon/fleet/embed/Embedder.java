package dev.aeon.fleet.embed;

import dev.aeon.fleet.text.Terms;
import java.util.Arrays;

/**
 * Turns a passage or a query into a unit vector of {@link Features#DIMENSIONS} floats: each
 * different term adds {@code (1 + ln count) · weight} to its two signed dimensions, in the order of
 * first occurrence, and the sum is divided by its Euclidean length. Used by one thread.
 */
public final class Embedder {
  private final float[] weightBySlot;
  private final TermCounts terms = new TermCounts();
  private final double[] sums = new double[Features.DIMENSIONS];

  /**
   * An embedder with a folder's weights.
   *
   * @throws IllegalArgumentException where there is not one weight per slot
   */
  public Embedder(float[] weightBySlot) {
    if (weightBySlot.length != Features.SLOTS) {
      throw new IllegalArgumentException(
          "weights of another table: count="
              + weightBySlot.length
              + ", expected="
              + Features.SLOTS);
    }
    this.weightBySlot = weightBySlot.clone();
  }

  /**
   * Embeds part of a text.
   *
   * @param vector takes the {@link Features#DIMENSIONS} components
   * @return whether the text holds any term; otherwise the vector is all zeros
   */
  public boolean embed(char[] text, int begin, int end, float[] vector) {
    terms.clear();
    Terms.split(text, begin, end, terms);
    Arrays.fill(sums, 0);
    for (int index = 0; index < terms.distinct(); index++) {
      addTerm(terms.hash(index), terms.count(index));
    }
    normalise(vector);
    return terms.distinct() > 0;
  }

  private void addTerm(long hash, int count) {
    double value = (1 + Math.log(count)) * weightBySlot[Features.slot(hash)];
    sums[Features.firstDimension(hash)] += Features.firstSign(hash) * value;
    sums[Features.secondDimension(hash)] += Features.secondSign(hash) * value;
  }

  private void normalise(float[] vector) {
    double squares = 0;
    for (double sum : sums) {
      squares += sum * sum;
    }
    double scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (int dimension = 0; dimension < Features.DIMENSIONS; dimension++) {
      vector[dimension] = (float) (sums[dimension] * scale);
    }
  }
}
