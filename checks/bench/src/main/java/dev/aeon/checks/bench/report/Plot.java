package dev.aeon.checks.bench.report;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Medians of one benchmark: a line for each system along one parameter, or a bar for each.
 *
 * @param axis the parameter; empty for none
 */
record Plot(String title, String axis, List<Measurement> measurements) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;

  /** As SVG. */
  void write(Path file) throws IOException {
    VectorGraphics2D drawing = new VectorGraphics2D();
    Chart<?, ?> chart = axis.isEmpty() ? bars() : lines();
    chart.paint(drawing, WIDTH, HEIGHT);
    try (OutputStream out = Files.newOutputStream(file)) {
      Processors.get("svg")
          .getDocument(drawing.getCommands(), new PageSize(WIDTH, HEIGHT))
          .writeTo(out);
    }
  }

  private CategoryChart bars() {
    CategoryChart chart = new CategoryChartBuilder().title(caption()).yAxisTitle(unit()).build();
    chart.getStyler().setLegendVisible(false);
    chart.addSeries(
        unit(),
        measurements.stream().map(Measurement::system).toList(),
        measurements.stream().map(Measurement::median).toList());
    return chart;
  }

  private XYChart lines() {
    XYChart chart =
        new XYChartBuilder().title(caption()).xAxisTitle(axis).yAxisTitle(unit()).build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart
        .getStyler()
        .setYAxisLogarithmic(measurements.stream().allMatch(each -> each.median() > 0));
    bySystem()
        .forEach((system, points) ->
            chart.addSeries(system, List.copyOf(points.keySet()), List.copyOf(points.values())));
    return chart;
  }

  private String caption() {
    return "%s (%s is better)".formatted(title, measurements.getFirst().better());
  }

  private String unit() {
    return measurements.getFirst().unit();
  }

  private Map<String, Map<Integer, Double>> bySystem() {
    return measurements.stream()
        .collect(
            Collectors.groupingBy(
                Measurement::system,
                TreeMap::new,
                Collectors.toMap(
                    each -> each.number(axis),
                    Measurement::median,
                    (first, _) -> first,
                    TreeMap::new)));
  }
}
