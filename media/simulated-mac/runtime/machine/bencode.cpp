#include "bencode.h"

#include <stdexcept>

namespace {
constexpr int maximumDepth = 100;

class Parser {
public:
    explicit Parser(const std::string &text) : text(text) {}

    bool atEnd() const { return position == text.size(); }

    OSObject *value(int depth = 0) {
        if (depth > maximumDepth)
            throw std::invalid_argument("nested too deeply");
        switch (next()) {
        case 'i':
            return OSNumber::withNumber(number('e'), 64);
        case 't':
            return OSBoolean::withBoolean(true);
        case 'f':
            return OSBoolean::withBoolean(false);
        case 'l':
            return list(depth);
        case 'd':
            return dictionary(depth);
        }
        position--;
        return bytes();
    }

private:
    OSArray *list(int depth) {
        OSArray *array = OSArray::withCapacity(4);
        for (; peek() != 'e'; array->getLastObject()->release())
            array->setObject(value(depth + 1));
        position++;
        return array;
    }

    OSDictionary *dictionary(int depth) {
        OSDictionary *dictionary = OSDictionary::withCapacity(8);
        while (peek() != 'e') {
            OSString *key = bytes();
            OSObject *member = value(depth + 1);
            dictionary->setObject(key, member);
            key->release();
            member->release();
        }
        position++;
        return dictionary;
    }

    char peek() const {
        if (atEnd())
            throw std::invalid_argument("the request ends too early");
        return text[position];
    }

    char next() {
        char character = peek();
        position++;
        return character;
    }

    /// Digits, perhaps negative, up to `end`.
    uint64_t number(char end) {
        bool negative = peek() == '-';
        position += negative;
        size_t first = position;
        uint64_t number = 0;
        for (char digit = next(); digit != end; digit = next()) {
            if (digit < '0' || digit > '9')
                throw std::invalid_argument("a digit was expected at byte " + std::to_string(position - 1));
            number = number * 10 + static_cast<uint64_t>(digit - '0');
        }
        if (position == first + 1)
            throw std::invalid_argument("a number was expected at byte " + std::to_string(first));
        return negative ? -number : number;
    }

    OSString *bytes() {
        uint64_t length = number(':');
        if (length > text.size() - position)
            throw std::invalid_argument("the request ends too early");
        position += length;
        return OSString::withStringOfLength(text.data() + position - length, length);
    }

    const std::string &text;
    size_t position = 0;
};
} // namespace

OSArray *kernel::parseBencode(const std::string &text) {
    OSArray *values = OSArray::withCapacity(16);
    for (Parser parser(text); !parser.atEnd(); values->getLastObject()->release())
        values->setObject(parser.value());
    return values;
}
