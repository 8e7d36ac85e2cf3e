package dev.aeon.checks.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The arrows between the packages of a module. */
@AnalyzeClasses(packages = "dev.aeon", importOptions = DoNotIncludeTests.class)
class PackageArrowsTest {

  @ArchTest
  void packages_formNoCycle(JavaClasses classes) {
    SlicesRuleDefinition.slices()
        .matching("dev.aeon.(*).(**)")
        .namingSlices("$1.$2")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }

  @ArchTest
  void spWire_knowsNothingAboveIt(JavaClasses classes) {
    forbid(classes, "dev.aeon.sp.wire..", "dev.aeon.sp.transport..", "dev.aeon.sp.protocol..");
    forbid(classes, "dev.aeon.sp.wire..", "dev.aeon.sp.core..", "dev.aeon.bindings..");
  }

  @ArchTest
  void spTransport_knowsNoProtocol(JavaClasses classes) {
    forbid(classes, "dev.aeon.sp.transport..", "dev.aeon.sp.protocol..", "dev.aeon.sp.core..");
  }

  @ArchTest
  void spLayers_knowOnlyThoseBelow(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.sp.transport.stream..",
        "dev.aeon.sp.transport.tcp..",
        "dev.aeon.sp.transport.ipc..",
        "dev.aeon.sp.transport.tls..",
        "dev.aeon.sp.transport.ws..");
    forbid(
        classes,
        "dev.aeon.sp.transport.tcp..",
        "dev.aeon.sp.transport.tls..",
        "dev.aeon.sp.transport.ws..");
    forbid(classes, "dev.aeon.sp.transport.tls..", "dev.aeon.sp.transport.ws..");
  }

  @ArchTest
  void datagramEngine_knowsNoSocketOrThread(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.sp.transport.datagram..",
        "dev.aeon.bindings..",
        "dev.aeon.sp.transport.rawip..",
        "dev.aeon.sp.transport.stream..",
        "java.net..",
        "java.nio.channels..",
        "java.util.concurrent..");
  }

  @ArchTest
  void httpCore_isKnownByWebSocketAlone(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage("dev.aeon.sp..")
        .and()
        .resideOutsideOfPackage("dev.aeon.sp.transport.ws..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hc..")
        .check(classes);
  }

  @ArchTest
  void spMachines_knowNoSocketThreadOrClock(JavaClasses classes) {
    forbid(classes, "dev.aeon.sp.protocol..", "dev.aeon.sp.transport..", "dev.aeon.sp.core..");
    forbid(
        classes,
        "dev.aeon.sp.protocol..",
        "dev.aeon.bindings..",
        "java.net..",
        "java.nio.channels..",
        "java.util.concurrent..");
    noClasses()
        .that()
        .resideInAPackage("dev.aeon.sp.protocol..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.time.InstantSource.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(classes);
  }

  @ArchTest
  void slabMemory_knowsNothingAboveIt(JavaClasses classes) {
    forbid(classes, "dev.aeon.slabs.memory..", "dev.aeon.slabs.ring..", "dev.aeon.slabs.view..");
    forbid(
        classes,
        "dev.aeon.slabs.memory..",
        "dev.aeon.slabs.bytecode..",
        "dev.aeon.slabs.assembler..",
        "dev.aeon.slabs.interpreter..");
  }

  @ArchTest
  void slabRingsAndViews_knowMemoryAlone(JavaClasses classes) {
    forbid(classes, "dev.aeon.slabs.ring..", "dev.aeon.slabs.view..", "dev.aeon.slabs.bytecode..");
    forbid(classes, "dev.aeon.slabs.view..", "dev.aeon.slabs.ring..", "dev.aeon.slabs.bytecode..");
  }

  @ArchTest
  void slabTransports_areTheOnlyOnesThatKnowSp(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage("dev.aeon.slabs..")
        .and()
        .resideOutsideOfPackage("dev.aeon.slabs.transport.sp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.aeon.sp..")
        .check(classes);
  }

  @ArchTest
  void slabMessaging_knowsOnlyWhatIsBelow(JavaClasses classes) {
    forbid(classes, "dev.aeon.slabs.frame..", "dev.aeon.slabs.transport..");
    forbid(
        classes,
        "dev.aeon.slabs.transport..",
        "dev.aeon.slabs.rpc..",
        "dev.aeon.slabs.broker..",
        "dev.aeon.slabs.telemetry..");
    forbid(classes, "dev.aeon.slabs.rpc..", "dev.aeon.slabs.broker..", "dev.aeon.slabs.standby..");
    forbid(classes, "dev.aeon.slabs.broker..", "dev.aeon.slabs.standby..");
  }

  @ArchTest
  void slabRecords_knowViewsAlone(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.slabs.record..",
        "dev.aeon.slabs.codegen..",
        "dev.aeon.slabs.memory..",
        "dev.aeon.slabs.ring..",
        "com.google.protobuf..");
  }

  @ArchTest
  void slabCodeGenerator_knowsNoSlab(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.slabs.codegen..",
        "dev.aeon.slabs.memory..",
        "dev.aeon.slabs.ring..",
        "dev.aeon.slabs.view..",
        "dev.aeon.slabs.record..");
  }

  @ArchTest
  void bytecode_knowsNeitherTextNorExecution(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.slabs.bytecode..",
        "dev.aeon.slabs.assembler..",
        "dev.aeon.slabs.optimizer..",
        "dev.aeon.slabs.interpreter..",
        "dev.aeon.slabs.memory..");
  }

  @ArchTest
  void assemblerOptimizerAndInterpreter_neverMeet(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.slabs.assembler..",
        "dev.aeon.slabs.optimizer..",
        "dev.aeon.slabs.interpreter..",
        "dev.aeon.slabs.memory..");
    forbid(
        classes,
        "dev.aeon.slabs.interpreter..",
        "dev.aeon.slabs.assembler..",
        "dev.aeon.slabs.optimizer..");
  }

  @ArchTest
  void apmStages_knowNoLaterStage(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.apm.message..",
        "dev.aeon.apm.codec..",
        "dev.aeon.apm.validate..",
        "dev.aeon.apm.route..",
        "dev.aeon.apm.channel..");
    forbid(classes, "dev.aeon.apm.validate..", "dev.aeon.apm.route..", "dev.aeon.apm.channel..");
    forbid(classes, "dev.aeon.apm.route..", "dev.aeon.apm.channel..", "dev.aeon.sp..");
  }

  @ArchTest
  void apmState_knowsNoChannel(JavaClasses classes) {
    forbid(classes, "dev.aeon.apm.registry..", "dev.aeon.apm.route..", "dev.aeon.apm.channel..");
    forbid(classes, "dev.aeon.apm.security..", "dev.aeon.apm.route..", "dev.aeon.apm.channel..");
    forbid(
        classes,
        "dev.aeon.apm.track..",
        "dev.aeon.apm.channel..",
        "dev.aeon.apm.store..",
        "dev.aeon.sp..",
        "java.nio.file..");
    forbid(classes, "dev.aeon.apm.store..", "dev.aeon.apm.channel..", "dev.aeon.sp..");
    forbid(
        classes,
        "dev.aeon.apm.task..",
        "dev.aeon.apm.channel.ndjson..",
        "dev.aeon.apm.channel.sp..",
        "dev.aeon.sp..");
    forbid(
        classes,
        "dev.aeon.apm.telemetry..",
        "dev.aeon.apm.route..",
        "dev.aeon.apm.channel..",
        "dev.aeon.apm.store..");
    forbid(
        classes,
        "dev.aeon.apm.compatibility..",
        "dev.aeon.apm.route..",
        "dev.aeon.apm.channel..",
        "dev.aeon.apm.track..");
    forbid(classes, "dev.aeon.apm.internal.files..", "dev.aeon.apm.message..");
  }

  @ArchTest
  void apmCommandLine_knowsOnlyWhatOthersMayUse(JavaClasses classes) {
    forbid(classes, "dev.aeon.apm.cli..", "dev.aeon.apm.internal..", "dev.aeon.bindings..");
    forbid(
        classes,
        "dev.aeon.apm.fsck..",
        "dev.aeon.apm.channel..",
        "dev.aeon.apm.store..",
        "dev.aeon.apm.registry..");
  }

  @ArchTest
  void spokeModel_knowsNothingAboveIt(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.spoke.model..",
        "dev.aeon.spoke.validate..",
        "dev.aeon.spoke.store..",
        "dev.aeon.spoke.compile..",
        "dev.aeon.spoke.http..",
        "dev.aeon.spoke.client..",
        "dev.aeon.spoke.cli..");
  }

  @ArchTest
  void spokeStore_knowsNoCompiler(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.spoke.store..",
        "dev.aeon.spoke.compile..",
        "dev.aeon.spoke.http..",
        "dev.aeon.spoke.cli..");
  }

  @ArchTest
  void spokeWorker_knowsNeitherServerNorClient(JavaClasses classes) {
    forbid(
        classes,
        "dev.aeon.spoke.sprocket..",
        "dev.aeon.spoke.http..",
        "dev.aeon.spoke.client..",
        "dev.aeon.spoke.cli..");
  }

  @ArchTest
  void spokeCompilerAndDocuments_knowNoStore(JavaClasses classes) {
    forbid(classes, "dev.aeon.spoke.compile..", "dev.aeon.spoke.store..", "dev.aeon.spoke.http..");
    forbid(classes, "dev.aeon.spoke.docs..", "dev.aeon.spoke.store..", "dev.aeon.spoke.http..");
  }

  @ArchTest
  void spokeCommandLineAndServer_shareTheModelAlone(JavaClasses classes) {
    forbid(classes, "dev.aeon.spoke.cli..", "dev.aeon.spoke.store..");
    forbid(classes, "dev.aeon.spoke.http..", "dev.aeon.spoke.cli..", "dev.aeon.spoke.client..");
  }

  private static void forbid(JavaClasses classes, String user, String... used) {
    noClasses()
        .that()
        .resideInAPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used)
        .check(classes);
  }
}
