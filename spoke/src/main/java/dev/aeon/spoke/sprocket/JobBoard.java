package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.api.ApiJson;
import dev.aeon.spoke.api.SprocketInfo;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.store.WorkBoard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What workers tell each other, and those who ask: which jobs are being done, and which have
 * failed. Workers may be threads, processes or machines, as the store's board has it. Thread-safe.
 */
public final class JobBoard {
  private static final String RUNNING = "running";
  private static final String FAILED = "failed";
  private static final String LANGUAGES = "languages";

  private final WorkBoard board;

  /** The jobs on a store's board. */
  public JobBoard(WorkBoard board) {
    this.board = board;
  }

  /** Tells what the workers compile for. */
  void announce(List<Language> languages) {
    List<String> ids = languages.stream().map(Language::id).toList();
    board.write(LANGUAGES, LANGUAGES, ApiJson.write(new Announced(ids)));
  }

  /** What the workers compile for; empty where none ever ran. */
  public List<Language> languages() {
    return board.notes(LANGUAGES).values().stream()
        .flatMap(note ->
            ApiJson.read(note, Announced.class, SpokeException.Code.INTERNAL).languages().stream())
        .map(Language::parse)
        .toList();
  }

  private record Announced(List<String> languages) {}

  /** A job that nobody else does until this is closed. */
  static final class Claim implements AutoCloseable {
    private final WorkBoard board;
    private final String key;
    private final WorkBoard.Claim claim;

    private Claim(WorkBoard board, String key, WorkBoard.Claim claim) {
      this.board = board;
      this.key = key;
      this.claim = claim;
    }

    @Override
    public void close() {
      try (claim) {
        board.erase(RUNNING, key);
      }
    }
  }

  /** Claims a job; empty where another worker does it, or the board has it wait. */
  Optional<Claim> claim(Job job, Instant now) {
    return board
        .claim(job.key())
        .map(claim -> {
          board.write(RUNNING, job.key(), entry(job, now, ""));
          return new Claim(board, job.key(), claim);
        });
  }

  /** Remembers why a job failed. */
  void fail(Job job, Instant now, String message) {
    board.write(FAILED, job.key(), entry(job, now, message));
  }

  /** Forgets that a job failed. */
  void succeed(Job job) {
    board.erase(FAILED, job.key());
  }

  /** The jobs that failed, and have not succeeded since. */
  public List<SprocketInfo.Entry> failures() {
    return board.notes(FAILED).values().stream().map(JobBoard::read).toList();
  }

  /** The jobs that are being done; what a worker left that died is not. */
  public List<SprocketInfo.Entry> running() {
    return board.notes(RUNNING).entrySet().stream()
        .filter(note -> board.isClaimed(note.getKey()))
        .map(Map.Entry::getValue)
        .map(JobBoard::read)
        .toList();
  }

  private static SprocketInfo.Entry read(byte[] note) {
    return ApiJson.read(note, SprocketInfo.Entry.class, SpokeException.Code.INTERNAL);
  }

  private static byte[] entry(Job job, Instant now, String message) {
    return ApiJson.write(
        new SprocketInfo.Entry(
            job.version().module().value(),
            job.version().version().toString(),
            job.language().id(),
            now.toString(),
            message));
  }
}
