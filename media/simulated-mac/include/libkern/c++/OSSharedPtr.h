// A pointer that owns one reference.
#pragma once

#include <libkern/c++/OSMetaClass.h>

/// Takes a reference of its own.
inline constexpr struct OSRetainTag {
} OSRetain = {};
/// Adopts the reference that the caller owns.
inline constexpr struct OSNoRetainTag {
} OSNoRetain = {};

template <typename T> class OSSharedPtr {
public:
    OSSharedPtr(decltype(nullptr) = nullptr) {}
    OSSharedPtr(T *object, OSNoRetainTag) : pointer(object) {}
    OSSharedPtr(T *object, OSRetainTag) : pointer(object) {
        if (pointer) pointer->retain();
    }
    OSSharedPtr(const OSSharedPtr &other) : OSSharedPtr(other.pointer, OSRetain) {}
    OSSharedPtr(OSSharedPtr &&other) : pointer(other.detach()) {}
    template <typename U> OSSharedPtr(OSSharedPtr<U> other) : pointer(other.detach()) {}
    ~OSSharedPtr() { OSSafeRelease(pointer); }

    OSSharedPtr &operator=(OSSharedPtr other) {
        T *object = pointer;
        pointer = other.pointer;
        other.pointer = object;
        return *this;
    }

    T *get() const { return pointer; }
    T *operator->() const { return pointer; }
    T &operator*() const { return *pointer; }
    explicit operator bool() const { return pointer != nullptr; }
    template <typename U> bool operator==(const OSSharedPtr<U> &other) const { return pointer == other.get(); }
    template <typename U> bool operator!=(const OSSharedPtr<U> &other) const { return pointer != other.get(); }
    bool operator==(const T *other) const { return pointer == other; }
    bool operator!=(const T *other) const { return pointer != other; }

    void reset() { *this = nullptr; }
    template <typename Tag> void reset(T *object, Tag tag) { *this = OSSharedPtr(object, tag); }

    /// Gives the reference up to the caller.
    T *detach() {
        T *object = pointer;
        pointer = nullptr;
        return object;
    }

private:
    T *pointer = nullptr;
};
