int kernelMain(void);

int main(void) {
    return kernelMain();
}
