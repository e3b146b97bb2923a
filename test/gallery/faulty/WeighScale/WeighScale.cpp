// Weighs, and smooths what it weighs by one filter for each range.
#include <IOKit/IOLib.h>
#include <IOKit/IOService.h>

/// A mean over the last so many values; of none, it passes everything on.
class WeightFilter : public OSObject {
    OSDeclareDefaultStructors(WeightFilter)

public:
    static WeightFilter *withLength(unsigned length);
    void free() override;

    uint32_t filtered(uint32_t grams);

private:
    bool initWithLength(unsigned length);

    uint32_t *window;
    unsigned length;
    unsigned next;
};

class WeighScale : public IOService {
    OSDeclareDefaultStructors(WeighScale)

public:
    bool start(IOService *provider) override;
    void stop(IOService *provider) override;

private:
    WeightFilter *coarse;
    WeightFilter *fine;
};

OSDefineMetaClassAndStructors(WeightFilter, OSObject)
OSDefineMetaClassAndStructors(WeighScale, IOService)

WeightFilter *WeightFilter::withLength(unsigned length)
{
    WeightFilter *filter = OSTypeAlloc(WeightFilter);
    if (filter && !filter->initWithLength(length))
        OSSafeReleaseNULL(filter);
    return filter;
}

bool WeightFilter::initWithLength(unsigned wanted)
{
    if (!OSObject::init())
        return false;
    if (wanted == 0)
        return true;
    window = static_cast<uint32_t *>(IOMallocZero(wanted * sizeof *window));
    length = wanted;
    return window != NULL;
}

void WeightFilter::free()
{
    if (!window)
        return; // fault
    IOFree(window, length * sizeof *window);
    window = NULL;
    OSObject::free();
}

uint32_t WeightFilter::filtered(uint32_t grams)
{
    if (!window)
        return grams;
    window[next] = grams;
    next = (next + 1) % length;
    uint64_t sum = 0;
    for (unsigned i = 0; i < length; i++)
        sum += window[i];
    return static_cast<uint32_t>(sum / length);
}

bool WeighScale::start(IOService *provider)
{
    if (!IOService::start(provider))
        return false;
    coarse = WeightFilter::withLength(0);
    fine = WeightFilter::withLength(8);
    if (!coarse || !fine)
        return false;
    setProperty("Grams", fine->filtered(coarse->filtered(1200)), 32);
    registerService();
    return true;
}

void WeighScale::stop(IOService *provider)
{
    OSSafeReleaseNULL(fine);
    OSSafeReleaseNULL(coarse);
    IOService::stop(provider);
}
