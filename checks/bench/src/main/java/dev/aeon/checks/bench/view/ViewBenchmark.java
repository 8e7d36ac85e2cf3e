package dev.aeon.checks.bench.view;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Elements or records a second, read or written one by one, by views and generated records and by
 * plain memory segments.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ViewBenchmark {
  @Param({"aeon", "memory-segment"})
  public String system;

  @Param({"sum", "fill", "sum-matrix", "sum-halves", "sum-records", "fill-records"})
  public String work;

  private SlabDevice device;
  private Elements elements;

  @Setup
  public void open() {
    device = SlabDevice.open(DevicePreference.HOST);
    elements = Elements.open(system, device.allocate(Elements.BYTE_SIZE));
  }

  @Benchmark
  @OperationsPerInvocation(Elements.COUNT)
  public double access() {
    return switch (work) {
      case "sum" -> elements.sum();
      case "fill" -> elements.fill(1);
      case "sum-matrix" -> elements.sumMatrix();
      case "sum-halves" -> elements.sumHalves();
      case "sum-records" -> elements.sumRecords();
      default -> elements.fillRecords(1);
    };
  }

  @TearDown
  public void close() {
    device.close();
  }
}
