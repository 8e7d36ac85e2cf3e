package dev.aeon.fleet.manager;

import dev.aeon.fleet.control.ShardTask;
import dev.aeon.fleet.index.RankedPassage;
import dev.aeon.fleet.index.TopPassages;
import dev.aeon.fleet.text.FolderScan;
import dev.aeon.fleet.v1.FleetReply;
import dev.aeon.fleet.v1.FleetRequest;
import dev.aeon.fleet.v1.Hit;
import dev.aeon.fleet.v1.Query;
import dev.aeon.fleet.v1.QueryResult;
import dev.aeon.fleet.v1.StatisticsRequest;
import dev.aeon.fleet.v1.TermWeights;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fleet that has read a folder and answers queries about it. Used by one thread. Whichever agents
 * die meanwhile, an answer is complete and the same.
 */
public final class SearchFleet implements AutoCloseable {
  /** More shards than agents, so that a fast agent does more and a lost one's work is spread. */
  private static final int SHARDS_PER_AGENT = 4;

  /** The most candidates that one program selects. */
  private static final int MAX_CANDIDATES = 1024;

  private final FleetSettings settings;
  private final FleetObserver observer;
  private final StageClock clock;
  private final Ranking ranking;
  private final FolderScan.Listing listing;
  private final List<Shard> shards;
  private final FolderStatistics statistics;
  private final ShardBoard board;
  private final RunFolder runFolder;
  private final FleetRegistry registry;
  private final Crew crew;
  private final StageRunner runner;
  private @Nullable TermWeights weights;

  private SearchFleet(FleetSettings settings, FleetObserver observer, StageClock clock) {
    this.settings = settings;
    this.observer = observer;
    this.clock = clock;
    this.ranking = new Ranking(settings.folder());
    this.listing = clock.time(Stage.LIST, this::list);
    this.shards = Shard.cut(listing.files(), settings.agentCount() * SHARDS_PER_AGENT);
    this.statistics = new FolderStatistics(shards.size());
    this.board = new ShardBoard(shards.size());
    this.runFolder = RunFolder.create();
    FleetRegistry started = null;
    try {
      started = FleetRegistry.start(runFolder.resolve("registry"));
      this.registry = started;
      this.crew =
          new Crew(
              new AgentLauncher(settings, runFolder, registry.uri()), registry.digest(), observer);
    } catch (RuntimeException | Error failure) {
      if (started != null) {
        started.close();
      }
      runFolder.close();
      throw failure;
    }
    this.runner = new StageRunner(board, crew, observer);
  }

  /**
   * Starts a fleet and lets it read the folder.
   *
   * @throws FleetException where it cannot, with a sentence that says why
   */
  public static SearchFleet start(FleetSettings settings, FleetObserver observer) {
    SearchFleet fleet = new SearchFleet(settings, observer, new StageClock(observer));
    try {
      fleet.read();
      return fleet;
    } catch (RuntimeException | Error failure) {
      fleet.close();
      throw failure;
    }
  }

  private FolderScan.Listing list() {
    Path folder = settings.folder();
    try {
      FolderScan.Listing found =
          FolderScan.list(folder, count -> observer.advances(Stage.LIST, count, 0));
      if (found.files().isEmpty()) {
        throw new FleetException("there are no files to search in " + folder + ".");
      }
      return found;
    } catch (NoSuchFileException missing) {
      throw new FleetException("there is no folder " + folder + ".", missing);
    } catch (IOException failure) {
      throw new FleetException("the folder " + folder + " cannot be read.", failure);
    }
  }

  private void read() {
    time(Stage.START, () -> crew.start(settings.agentCount()));
    time(Stage.COUNT, this::count);
    if (statistics.passages() == 0) {
      throw new FleetException("none of the files in " + settings.folder() + " holds text.");
    }
    weights = TermWeights.newBuilder().addAllWeightBySlot(boxed(statistics.weights())).build();
    time(Stage.EMBED, this::embed);
  }

  private static List<Float> boxed(float[] weights) {
    Float[] boxed = new Float[weights.length];
    for (int slot = 0; slot < weights.length; slot++) {
      boxed[slot] = weights[slot];
    }
    return List.of(boxed);
  }

  private void time(Stage stage, Runnable work) {
    clock.time(
        stage,
        () -> {
          work.run();
          return stage;
        });
  }

  private void count() {
    ShardProgress progress = new ShardProgress(observer, Stage.COUNT, shards);
    runner.run((agent, shard) -> {
      agent.perform(task(ShardTask.Kind.COUNT, shard), at(progress, shard));
      StatisticsRequest request = StatisticsRequest.newBuilder().setShard(shard).build();
      FleetReply reply = agent.call(FleetRequest.newBuilder().setStatistics(request).build());
      statistics.add(reply.getStatistics());
    });
  }

  private void embed() {
    ShardProgress progress = new ShardProgress(observer, Stage.EMBED, shards);
    runner.run((agent, shard) -> ensureEmbedded(agent, shard, at(progress, shard)));
  }

  private static DoubleConsumer at(ShardProgress progress, int shard) {
    return fraction -> progress.at(shard, fraction);
  }

  private void ensureEmbedded(AgentHandle agent, int shard, DoubleConsumer progress) {
    if (board.isHeldBy(agent, shard)) {
      return;
    }
    if (agent.needsWeights() && weights != null) {
      agent.call(FleetRequest.newBuilder().setWeights(weights).build());
    }
    agent.embedded(agent.perform(task(ShardTask.Kind.EMBED, shard), progress));
    board.holds(agent, shard);
  }

  private ShardTask task(ShardTask.Kind kind, int shard) {
    return new ShardTask(kind, shard, shards.get(shard).paths(), statistics.passagesIn(shard));
  }

  /**
   * Finds the passages that answer a query best.
   *
   * @throws FleetException where the fleet cannot answer
   */
  public List<FoundPassage> ask(QueryText query, int top) {
    return clock.time(Stage.SEARCH, () -> answer(query, top));
  }

  /** Asks for more candidates until enough are confirmed or there are no more. */
  private List<FoundPassage> answer(QueryText query, int top) {
    int wanted = Ranking.candidateCount(top);
    while (true) {
      List<RankedPassage> candidates = candidates(query, wanted);
      List<FoundPassage> confirmed = ranking.confirm(query, candidates, top);
      if (confirmed.size() == top || candidates.size() < wanted || wanted >= MAX_CANDIDATES) {
        return confirmed;
      }
      wanted = Math.min(wanted * 8, MAX_CANDIDATES);
    }
  }

  private List<RankedPassage> candidates(QueryText query, int wanted) {
    TopPassages best = new TopPassages(wanted);
    runner.run((agent, shard) -> {
      ensureEmbedded(agent, shard, fraction -> {});
      QueryResult result = query(agent, shard, query, wanted);
      synchronized (best) {
        result.getHitsList().forEach(hit -> best.offer(passage(hit)));
      }
      observer.advances(Stage.SEARCH, board.doneCount() + 1, shards.size());
    });
    return best.bestFirst();
  }

  private static QueryResult query(AgentHandle agent, int shard, QueryText query, int wanted) {
    Query request = Query.newBuilder().setShard(shard).setText(query.text()).setTop(wanted).build();
    FleetReply reply = agent.call(FleetRequest.newBuilder().setQuery(request).build());
    if (reply.hasRefusal()) {
      throw new FleetException(agent.id() + ": " + reply.getRefusal().getReason());
    }
    return reply.getResult();
  }

  private static RankedPassage passage(Hit hit) {
    return new RankedPassage(
        hit.getPath(),
        hit.getLine(),
        hit.getScore(),
        Math.toIntExact(hit.getCharOffset()),
        hit.getCharCount());
  }

  /** What the fleet has done so far. */
  public FleetReport report() {
    return FleetReport.of(crew, listing, statistics, clock.times());
  }

  /** The process ids of the agents that are there, for whoever watches them. */
  public List<Long> agentProcessIds() {
    return crew.live().stream().map(AgentHandle::processId).toList();
  }

  /** Ends the agents and the registry, and clears up. */
  @Override
  public void close() {
    crew.close();
    registry.close();
    runFolder.close();
  }
}
