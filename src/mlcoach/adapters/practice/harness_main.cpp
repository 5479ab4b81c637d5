// The part of the checks that is compiled once and kept. The results go into the file `results` of the folder, one
// JSON object a line, as those of the tests in Python do.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "harness.h"

struct CoachTest {
    const char* id;
    void (*body)();
};
extern const CoachTest coach_tests[];
extern const int coach_test_count;

// Leaks are another lesson, and looking for them needs rights that a fence takes away.
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }

namespace coach {

const char* running = "";
static std::FILE* out = nullptr;
static bool failed_now = false;

static std::string quoted(const std::string& text) {
    std::string all = "\"";
    for (unsigned char letter : text) {
        if (all.size() > 400) { all += "…"; break; }
        if (letter == '"' || letter == '\\') { all += '\\'; all += static_cast<char>(letter); }
        else if (letter < 0x20) { char code[8]; std::snprintf(code, sizeof code, "\\u%04x", letter); all += code; }
        else all += static_cast<char>(letter);
    }
    return all + "\"";
}

static void line(const std::string& text) {
    std::fputs((text + "\n").c_str(), out);
    std::fflush(out);
}

std::string number(double value) {
    char digits[40];
    std::snprintf(digits, sizeof digits, "%.10g", value);
    return digits;
}

void begin(const char* test) {
    running = test;
    failed_now = false;
    line("{\"begin\": " + quoted(test) + "}");
}

void failed(const char* test, const std::string& call, const std::string& came, const std::string& expected) {
    failed_now = true;
    // `a == b` is told as the call a: what b is, is said beside it.
    std::string left = call;
    for (const char* relation : {" == ", " != ", " <= ", " >= ", " < ", " > "}) {
        const auto at = left.rfind(relation);
        // A relation inside of brackets parts nothing.
        const auto depth = [&](char one) { return std::count(left.begin(), left.begin() + at, one); };
        if (at != std::string::npos && depth('(') == depth(')')) { left = left.substr(0, at); break; }
    }
    line("{\"test\": " + quoted(test) + ", \"ok\": false, \"call\": " + quoted(left) + ", \"came\": " + quoted(came) +
         ", \"expected\": " + quoted(expected) + "}");
}

}  // namespace coach

int main() {
    coach::out = std::fopen("results", "w");
    if (coach::out == nullptr) return 3;
    for (int index = 0; index < coach_test_count; ++index) {
        const auto start = std::chrono::steady_clock::now();
        coach::begin(coach_tests[index].id);
        try {
            coach_tests[index].body();
        } catch (const std::exception& error) {
            coach::failed_now = true;
            coach::line("{\"test\": " + coach::quoted(coach_tests[index].id) + ", \"ok\": false, \"message\": " +
                        coach::quoted(std::string("exception: ") + error.what()) + "}");
        } catch (...) {
            coach::failed_now = true;
            coach::line("{\"test\": " + coach::quoted(coach_tests[index].id) +
                        ", \"ok\": false, \"message\": \"an exception that is not a std::exception\"}");
        }
        if (!coach::failed_now) {
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            coach::line("{\"test\": " + coach::quoted(coach_tests[index].id) + ", \"ok\": true, \"seconds\": " +
                        coach::number(took.count()) + "}");
        }
    }
    coach::line("{\"done\": true}");
    return 0;
}
