package dev.aeon.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ranking as docs/fleet.md defines it, written a second time: whole files, regular expressions
 * and maps, double precision throughout, one thread, nothing shared with the fleet.
 */
final class IndependentRanking {
  record Ranked(String path, int line, double score) {}

  private record Passage(String path, int line, Map<String, Integer> terms) {}

  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{Nd}]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern HUMP =
      Pattern.compile("(?<=[^\\p{Lu}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  private final List<Passage> passages = new ArrayList<>();
  private final double[] passagesBySlot = new double[65536];

  IndependentRanking(Path folder) throws IOException {
    for (Map.Entry<String, Path> file : files(folder).entrySet()) {
      String text = text(file.getValue());
      if (text != null) {
        cut(file.getKey(), text);
      }
    }
    for (Passage passage : passages) {
      passage.terms().keySet().stream()
          .map(term -> (int) (hash(term) & 0xffff))
          .distinct()
          .forEach(slot -> passagesBySlot[slot]++);
    }
  }

  private static Map<String, Path> files(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            String name = each.getFileName().toString();
            boolean skipped =
                name.startsWith(".") || Set.of("target", "node_modules").contains(name);
            return skipped && !each.equals(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() <= 16 << 20) {
              files.put(folder.relativize(each).toString(), each);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static String text(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int index = 0; index < Math.min(bytes.length, 8192); index++) {
      if (bytes[index] == 0) {
        return null;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }

  private void cut(String path, String text) {
    StringBuilder passage = new StringBuilder();
    int first = 0;
    int held = 0;
    int number = 0;
    for (String line : text.split("(?<=\n)", 0)) {
      number++;
      String rest = line;
      while (!rest.isEmpty()) {
        boolean blank = rest.chars().allMatch(unit -> unit <= ' ');
        if (passage.isEmpty() && blank) {
          break;
        }
        if (passage.isEmpty()) {
          first = number;
          held = 0;
        }
        int room = 4096 - passage.length();
        if (rest.length() > room && Character.isHighSurrogate(rest.charAt(room - 1))) {
          room--;
        }
        String piece = rest.length() > room ? rest.substring(0, room) : rest;
        boolean pieceBlank = piece.chars().allMatch(unit -> unit <= ' ');
        passage.append(piece);
        held++;
        rest = rest.substring(piece.length());
        boolean full = !rest.isEmpty() || passage.length() >= 4096;
        if (full || held == 20 || (held >= 10 && pieceBlank)) {
          add(path, first, passage);
        }
      }
    }
    if (!passage.isEmpty()) {
      add(path, first, passage);
    }
  }

  private void add(String path, int line, StringBuilder text) {
    Map<String, Integer> terms = terms(text.toString());
    if (!terms.isEmpty()) {
      passages.add(new Passage(path, line, terms));
    }
    text.setLength(0);
  }

  private static Map<String, Integer> terms(String text) {
    Map<String, Integer> terms = new LinkedHashMap<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      for (String term : HUMP.split(words.group(), 0)) {
        if (!term.isEmpty() && term.length() <= 64) {
          StringBuilder lower = new StringBuilder();
          term.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
          terms.merge(lower.toString(), 1, Integer::sum);
        }
      }
    }
    return terms;
  }

  private static long hash(String term) {
    long hash = 0xcbf29ce484222325L;
    for (int codePoint : term.codePoints().toArray()) {
      hash = (hash ^ codePoint) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private double[] vector(Map<String, Integer> terms) {
    double[] vector = new double[1024];
    terms.forEach((term, count) -> {
      long hash = hash(term);
      double present = passagesBySlot[(int) (hash & 0xffff)];
      double weight =
          (1 + Math.log(count)) * (Math.log((1 + passages.size()) / (1 + present)) + 0.01);
      vector[(int) (hash >>> 16 & 1023)] += (hash >>> 26 & 1) == 0 ? weight : -weight;
      vector[(int) (hash >>> 27 & 1023)] += (hash >>> 37 & 1) == 0 ? weight : -weight;
    });
    double length = Math.sqrt(dot(vector, vector));
    for (int index = 0; length > 0 && index < vector.length; index++) {
      vector[index] /= length;
    }
    return vector;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int index = 0; index < left.length; index++) {
      sum += left[index] * right[index];
    }
    return sum;
  }

  /** All passages that hold a word of the query, best first. */
  List<Ranked> rank(String query) {
    Map<String, Integer> wanted = terms(query);
    double[] vector = vector(wanted);
    return passages.stream()
        .filter(passage -> passage.terms().keySet().stream().anyMatch(wanted::containsKey))
        .map(each -> new Ranked(each.path(), each.line(), dot(vector, vector(each.terms()))))
        .filter(ranked -> ranked.score() > 0)
        .sorted(
            Comparator.comparingDouble(Ranked::score)
                .reversed()
                .thenComparing(Ranked::path)
                .thenComparingInt(Ranked::line))
        .toList();
  }

  int passageCount() {
    return passages.size();
  }
}
