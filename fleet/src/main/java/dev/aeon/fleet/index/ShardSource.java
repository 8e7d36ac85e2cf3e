package dev.aeon.fleet.index;

import dev.aeon.fleet.embed.Embedder;
import dev.aeon.fleet.embed.Features;
import dev.aeon.fleet.text.PassageStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The files of a shard and what is needed to turn them into vectors. Used by one thread.
 *
 * @param folder what the paths are relative to
 * @param paths the shard's files, by path
 * @param embedder makes the vectors
 * @param stream reads the files
 */
public record ShardSource(
    Path folder, List<String> paths, Embedder embedder, PassageStream stream) {

  /** Takes one vector at a time; the array is used again for the next. */
  interface Sink {
    /** Returns whether more vectors are wanted. */
    boolean vector(float[] vector, int fileIndex, int line, int begin, int length);
  }

  void embed(Sink sink, IntConsumer filesDone) {
    float[] vector = new float[Features.DIMENSIONS];
    stream.visit(
        folder,
        paths,
        (fileIndex, line, text, begin, end) ->
            !embedder.embed(text, begin, end, vector)
                || sink.vector(vector, fileIndex, line, begin, end - begin),
        filesDone);
  }

  RankedPassage passage(PassageTable table, int row, float score) {
    return new RankedPassage(
        paths.get(table.fileIndex(row)),
        table.line(row),
        score,
        table.begin(row),
        table.length(row));
  }
}
