#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>

/* speeds(acceleration, limit, steps): the speed after each step. */
static PyObject *speeds(PyObject *self, PyObject *args) {
  double acceleration, limit;
  Py_ssize_t steps;
  if (!PyArg_ParseTuple(args, "ddn", &acceleration, &limit, &steps)) {
    return NULL;
  }
  PyObject *list = PyList_New(steps);
  if (list == NULL) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < steps; ++i) {
    double speed = sqrt(2 * acceleration * (double)(i + 1));
    PyObject *value = PyFloat_FromDouble(speed < limit ? speed : limit);
    if (value == NULL) {
      Py_DECREF(list);
      return NULL;
    }
    PyList_SET_ITEM(list, i, value);
  }
  return list;
}

/* machine(): what it was compiled for. */
static PyObject *machine(PyObject *self, PyObject *args) {
#if defined(__arm__)
  return PyUnicode_FromString("arm");
#elif defined(__x86_64__)
  return PyUnicode_FromString("x86_64");
#else
  return PyUnicode_FromString("other");
#endif
}

static PyMethodDef methods[] = {
    {"speeds", speeds, METH_VARARGS, "The speed after each step."},
    {"machine", machine, METH_NOARGS, "What it was compiled for."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_ramp", NULL, -1,
                                    methods};

PyMODINIT_FUNC PyInit__ramp(void) { return PyModule_Create(&module); }
