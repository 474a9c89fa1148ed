package com.lattestream.samples.chat;

import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Describes the violated rule in a problem detail that the page can display. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ValidationProblems {

    @ExceptionHandler
    ProblemDetail invalid(MethodArgumentNotValidException invalid) {
        String rules = invalid.getFieldErrors().stream()
                .map(error -> "The " + error.getField() + " " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining(". "));
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, rules + ".");
    }
}
