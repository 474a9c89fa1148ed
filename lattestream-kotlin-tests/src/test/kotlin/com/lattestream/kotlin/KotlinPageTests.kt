package com.lattestream.kotlin

import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension
import kotlin.io.path.readText
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

/** The code of docs/kotlin.md is that of the tested application, and the quoted messages are those of the starter. */
class KotlinPageTests {

    private val page = Path.of("../docs/kotlin.md").readText()

    @TestFactory
    fun `each snippet is part of the application`(): List<DynamicTest> {
        val application = normalized(Path.of("src/test/kotlin/com/lattestream/kotlin/Application.kt").readText())
        val snippets = Regex("(?ms)^```kotlin\\n(.*?)^```$").findAll(page).map { it.groupValues[1] }.toList()
        assertThat(snippets).hasSize(8)
        return snippets.map { snippet ->
            DynamicTest.dynamicTest(snippet.lines().first { it.contains("class") || it.contains("fun") }) {
                assertThat(application).contains(normalized(snippet))
            }
        }
    }

    @Test
    fun `the quoted messages exist`() {
        val code =
            Files.walk(Path.of("../lattestream-spring-boot-autoconfigure/src/main/java")).use { files ->
                files
                    .filter { it.extension == "java" }
                    .map { it.readText().replace(Regex("\"\\s*\\+\\s*\""), "") }
                    .toList()
                    .joinToString("\n")
            }
        val quoted =
            listOf(
                "the class is final, so that it cannot be proxied and calls of the method cannot be intercepted",
                "it is a suspend function, and must be an ordinary function that may block," +
                    " or return a CompletionStage (on WebFlux also a Mono)",
                "the method is a suspend function, whose value is not available when the method returns",
            )

        assertThat(normalized(page)).contains(quoted)
        assertThat(code).contains(quoted)
    }

    private fun normalized(text: String) = text.replace(Regex("\\s+"), " ").trim()
}
