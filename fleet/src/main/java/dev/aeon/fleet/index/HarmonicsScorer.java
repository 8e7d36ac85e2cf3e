package dev.aeon.fleet.index;

import dev.aeon.fleet.embed.Features;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.PriorityQueue;

final class HarmonicsScorer implements BlockScorer {
  private record Row(int row, float score) {}

  HarmonicsScorer(SlabDevice device, InterpreterChoice choice) {}

  String description() {
    return "CPU";
  }

  @Override
  public void score(VectorBlock block, float[] query, int top, Sink sink) {
    PriorityQueue<Row> worst =
        new PriorityQueue<>((a, b) ->
            a.score != b.score ? Float.compare(a.score, b.score) : Integer.compare(b.row, a.row));
    MemorySegment s = block.slab().segment();
    for (int row = 0; row < block.rows(); row++) {
      float sum = 0;
      long base = row * VectorBlock.ROW_BYTE_SIZE;
      for (int i = 0; i < Features.DIMENSIONS; i++) {
        sum += s.get(ValueLayout.JAVA_FLOAT, base + 4L * i) * query[i];
      }
      worst.add(new Row(row, sum));
      if (worst.size() > top) {
        worst.poll();
      }
    }
    worst.forEach(r -> sink.row(r.row, r.score));
  }

  @Override
  public void close() {}
}
