// Checks for exercises in C++: CHECK(a == b) says both sides where it fails, and ends its test. Included at every
// compilation, so it includes nothing that costs time itself.
#pragma once
#include <string>
#include <type_traits>
#include <utility>

namespace coach {

void begin(const char* test);
void passed(const char* test);
void failed(const char* test, const std::string& call, const std::string& came, const std::string& expected);
std::string number(double value);
extern const char* running;

constexpr int most_entries = 12;

template <typename T> std::string text(const T& value);

template <typename T, typename = void> struct is_range : std::false_type {};
template <typename T>
struct is_range<T, std::void_t<decltype(std::declval<const T&>().begin()), decltype(std::declval<const T&>().end())>>
    : std::true_type {};
template <typename T, typename = void> struct is_pair : std::false_type {};
template <typename T>
struct is_pair<T, std::void_t<decltype(std::declval<const T&>().first), decltype(std::declval<const T&>().second)>>
    : std::true_type {};
template <typename T, typename = void> struct is_optional : std::false_type {};
template <typename T>
struct is_optional<T, std::void_t<decltype(std::declval<const T&>().has_value()), decltype(*std::declval<const T&>())>>
    : std::true_type {};

template <typename T> std::string text(const T& value) {
    using Bare = std::remove_cv_t<std::remove_reference_t<T>>;
    if constexpr (std::is_same_v<Bare, bool>) {
        return value ? "true" : "false";
    } else if constexpr (std::is_same_v<Bare, char>) {
        return std::string("'") + value + "'";
    } else if constexpr (std::is_enum_v<Bare>) {
        return std::to_string(static_cast<long long>(value));
    } else if constexpr (std::is_integral_v<Bare>) {
        return std::to_string(value);
    } else if constexpr (std::is_floating_point_v<Bare>) {
        return number(static_cast<double>(value));
    } else if constexpr (std::is_convertible_v<const T&, std::string>) {
        return "\"" + std::string(value) + "\"";
    } else if constexpr (std::is_null_pointer_v<Bare>) {
        return "nullptr";
    } else if constexpr (std::is_pointer_v<Bare>) {
        return value == nullptr ? "nullptr" : "a pointer";
    } else if constexpr (is_optional<Bare>::value) {
        return value.has_value() ? text(*value) : "nothing";
    } else if constexpr (is_range<Bare>::value) {
        std::string all = "{";
        int count = 0;
        for (const auto& entry : value) {
            if (count == most_entries) { all += ", …"; break; }
            if (count++) all += ", ";
            all += text(entry);
        }
        return all + "}";
    } else if constexpr (is_pair<Bare>::value) {
        return "(" + text(value.first) + ", " + text(value.second) + ")";
    } else {
        return "a value";
    }
}

struct Outcome {
    bool holds;
    std::string came, expected;
};

template <typename L> struct Left {
    const L& left;
#define COACH_RELATION(op, words)                                                             \
    template <typename R> Outcome operator op(const R& right) const {                         \
        return left op right ? Outcome{true, "", ""} : Outcome{false, text(left), words + text(right)}; \
    }
    COACH_RELATION(==, std::string())
    COACH_RELATION(!=, std::string("not "))
    COACH_RELATION(<, std::string("less than "))
    COACH_RELATION(<=, std::string("at most "))
    COACH_RELATION(>, std::string("more than "))
    COACH_RELATION(>=, std::string("at least "))
#undef COACH_RELATION
    operator Outcome() const { return static_cast<bool>(left) ? Outcome{true, "", ""} : Outcome{false, text(left), "true"}; }
};

struct Split {
    template <typename L> Left<L> operator<<(const L& left) const { return Left<L>{left}; }
};

inline bool near(double one, double other, double margin) {
    const double off = one > other ? one - other : other - one;
    return off <= margin || one == other;
}

}  // namespace coach

#define CHECK(...)                                                                        \
    do {                                                                                  \
        const coach::Outcome coach_outcome = coach::Split{} << __VA_ARGS__;               \
        if (!coach_outcome.holds) {                                                       \
            coach::failed(coach::running, #__VA_ARGS__, coach_outcome.came, coach_outcome.expected); \
            return;                                                                       \
        }                                                                                 \
    } while (false)

#define CHECK_CLOSE(one, other, margin)                                                   \
    do {                                                                                  \
        const double coach_one = (one), coach_other = (other);                            \
        if (!coach::near(coach_one, coach_other, (margin))) {                             \
            coach::failed(coach::running, #one, coach::text(coach_one), "about " + coach::text(coach_other)); \
            return;                                                                       \
        }                                                                                 \
    } while (false)

#define CHECK_THROWS(...)                                                                 \
    do {                                                                                  \
        bool coach_threw = false;                                                         \
        try { (void)(__VA_ARGS__); } catch (...) { coach_threw = true; }                  \
        if (!coach_threw) {                                                               \
            coach::failed(coach::running, #__VA_ARGS__, "no exception", "an exception");  \
            return;                                                                       \
        }                                                                                 \
    } while (false)
