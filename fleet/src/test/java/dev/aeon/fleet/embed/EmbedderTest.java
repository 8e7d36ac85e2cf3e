package dev.aeon.fleet.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EmbedderTest {
  private static Embedder even() {
    float[] weights = new float[Features.SLOTS];
    Arrays.fill(weights, 1);
    return new Embedder(weights);
  }

  private static float[] vector(Embedder embedder, String text) {
    float[] vector = new float[Features.DIMENSIONS];
    embedder.embed(text.toCharArray(), 0, text.length(), vector);
    return vector;
  }

  private static double length(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += component * component;
    }
    return Math.sqrt(squares);
  }

  @Test
  void embed_anyText_hasLengthOne() {
    assertThat(length(vector(even(), "one two three two"))).isCloseTo(1, within(1e-6));
  }

  @Test
  void embed_noTerms_isZeroAndSaysSo() {
    float[] vector = new float[Features.DIMENSIONS];
    vector[3] = 1;
    assertThat(even().embed("…".toCharArray(), 0, 1, vector)).isFalse();
    assertThat(vector).containsOnly(0f);
  }

  @Test
  void embed_afterALongText_isAsIfItWereTheFirst() {
    Embedder embedder = even();
    float[] fresh = vector(embedder, "back pressure");
    String manyTerms =
        IntStream.range(0, 5000).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
    assertThat(length(vector(embedder, manyTerms))).isCloseTo(1, within(1e-6));
    assertThat(vector(embedder, "backPressure")).isEqualTo(fresh);
  }

  @Test
  void weights_ofTheParts_areTheWeightsOfTheWhole() {
    DocumentFrequencies whole = counted("alpha beta", "alpha", "gamma");
    DocumentFrequencies sum = new DocumentFrequencies();
    for (DocumentFrequencies part :
        new DocumentFrequencies[] {counted("gamma"), counted("alpha beta", "alpha")}) {
      sum.add(
          part.passages(),
          IntStream.range(0, Features.SLOTS).mapToObj(part::passagesInSlot).toList(),
          Features.SLOTS);
    }
    assertThat(sum.passages()).isEqualTo(3);
    assertThat(sum.weights()).isEqualTo(whole.weights());
  }

  private static DocumentFrequencies counted(String... passages) {
    DocumentFrequencies frequencies = new DocumentFrequencies();
    for (String passage : passages) {
      frequencies.addPassage(passage.toCharArray(), 0, passage.length());
    }
    return frequencies;
  }

  @Test
  void tables_ofAnotherSize_areRefused() {
    assertThatThrownBy(() -> new Embedder(new float[10])).hasMessageContaining("count=10");
    assertThatThrownBy(() -> new DocumentFrequencies().add(1, List.of(1), 1))
        .hasMessageContaining("slotCount=1");
  }
}
