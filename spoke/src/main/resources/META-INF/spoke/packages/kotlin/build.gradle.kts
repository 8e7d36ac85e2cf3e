plugins {
    kotlin("jvm") version "2.2.20"
    `java-library`
}

group = "spoke.generated"
version = "${semver}"

repositories { mavenCentral() }

dependencies {
    api("com.google.protobuf:protobuf-kotlin:4.${protobuf}")
?grpc     api("io.grpc:grpc-protobuf:${grpcjava}")
?grpc     api("io.grpc:grpc-stub:${grpcjava}")
?grpc     api("io.grpc:grpc-kotlin-stub:${grpckotlin}")
?grpc     api("org.jetbrains.kotlinx:kotlinx-coroutines-core:1.10.2")
}

kotlin.sourceSets["main"].kotlin.srcDir("src/main/java")
